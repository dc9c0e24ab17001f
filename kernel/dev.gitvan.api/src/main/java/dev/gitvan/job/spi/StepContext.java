package dev.gitvan.job.spi;

import dev.gitvan.document.Node;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** A step being run. Safe for any thread that the step uses. */
@ProviderType
public interface StepContext {
  /** The run that the step belongs to. */
  JobContext job();

  /**
   * The data that templates of this step see: {@code git now inputs env steps}, unmodifiable.
   * {@code git.commits} is read lazily.
   */
  Map<String, Object> data();

  /** Renders text that is a template, with {@link #data} and more on top. */
  String render(String template, Map<String, ?> more);

  /** {@link #render} for every string inside a value; keys stay as they are. */
  Object renderAll(Node node, Map<String, ?> more);

  /**
   * The environment for child processes: cleaned of Git's variables, with the step's {@code env}.
   */
  Map<String, String> processEnvironment();
}
