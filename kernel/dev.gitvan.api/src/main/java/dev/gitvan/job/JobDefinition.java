package dev.gitvan.job;

import dev.gitvan.event.JobTrigger;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The definition of a job. Immutable.
 *
 * @param name such as {@code changelog} or {@code docs:changelog}
 * @param description one line, or empty
 * @param on what starts it without being asked: any of these
 * @param inputs the declared inputs with their defaults; values as {@link
 *     dev.gitvan.document.Node#value()} has them
 * @param timeout limit of one attempt
 * @param steps what it does, for jobs written as steps; empty for Java jobs
 * @param then jobs that are started once this one's transaction has been applied
 * @param version version of the contributing bundle, or the definition's fingerprint, shortened
 * @param fingerprint SHA-256, in hexadecimal, over the definition's content
 */
public record JobDefinition(
    String name,
    String description,
    JobOrigin origin,
    List<JobTrigger> on,
    Map<String, Object> inputs,
    Duration timeout,
    Retries retries,
    Priority priority,
    List<StepSpec> steps,
    List<String> then,
    String version,
    String fingerprint) {

  /** Time limit of an attempt if the job sets none. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(:[A-Za-z0-9][A-Za-z0-9._-]*)*");

  public JobDefinition {
    on = List.copyOf(on);
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    steps = List.copyOf(steps);
    then = List.copyOf(then);
  }

  /**
   * Whether a string is a job name: letters, digits, {@code . _ -}, in parts separated by colons,
   * at most 200 characters.
   */
  public static boolean isName(String text) {
    return text.length() <= 200 && NAME.matcher(text).matches();
  }
}
