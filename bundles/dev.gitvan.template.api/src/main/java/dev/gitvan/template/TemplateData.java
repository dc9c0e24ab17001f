package dev.gitvan.template;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What every template sees beside its own data: {@code git}, {@code now}, {@code env}. Read from
 * the repository when a template asks for it, and the same for as long as it is open. Safe for any
 * thread.
 */
@ProviderType
public interface TemplateData extends AutoCloseable {
  /**
   * The data, unmodifiable. {@code git} has {@code head shortHead branch tag isClean root commits};
   * {@code commits} is read lazily, newest first, each {@code hash shortHash author email date
   * subject body}. {@code now} is an {@link java.time.Instant}; a commit's {@code date} an ISO-8601
   * text.
   */
  Map<String, Object> map();

  @Override
  void close();
}
