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
   * The data, unmodifiable. {@code git} has {@code head shortHead branch tag isClean root commits};
   * {@code commits} is read lazily, newest first, each {@code hash shortHash author email date
   * subject body}. {@code now} is an {@link java.time.Instant}; a commit's {@code date} an ISO-8601
   * string.
   */
  Map<String, Object> map();

  @Override
  void close();
}
