package dev.gitvan.template;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The data that every template can read in addition to its own: {@code git}, {@code now}, {@code
 * env}. Values are read from the repository on first use, and do not change while it is open. Safe
 * for any thread.
 */
@ProviderType
public interface TemplateData extends AutoCloseable {
  /**
   * The data, unmodifiable. {@code git} has {@code head shortHead branch tag isClean root url
   * commits releases releasesOf}. {@code commits} is read lazily, newest first, each {@code hash
   * shortHash author email date subject body type scope breaking breakingDescription description
   * footers trailers isMerge url}. {@code releases} has what is unreleased first, then the tags
   * that HEAD contains and that name a version, the highest version first, each {@code tag version
   * date previous isPrerelease url commits}; {@code releasesOf} has the same by the prefix of the
   * tags. {@code now} is an {@link java.time.Instant}; dates of commits and releases are ISO-8601
   * strings. What does not exist is an empty string.
   */
  Map<String, Object> map();

  @Override
  void close();
}
