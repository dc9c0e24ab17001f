package dev.gitvan.job.spi;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names a {@link Job} service and describes it. Put it next to {@code @Component}; it also makes
 * the bundle require the kernel.
 */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanJob {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.job.";

  /** The job's name; see {@link dev.gitvan.job.JobDefinition#isName}. */
  String name();

  /** One-line description, shown by {@code gitvan job list}. */
  String description() default "";

  /**
   * Triggers as YAML flow mappings, such as <code>{ push: main }</code>, with the keys that job
   * files have; any of them starts the job.
   */
  String[] on() default {};

  /** Declared inputs with their defaults, as {@code name=value}, the value a YAML scalar. */
  String[] inputs() default {};

  /**
   * Names of the {@link #inputs} whose values are secret; see {@link
   * dev.gitvan.job.JobInput#secret}. Their defaults are empty.
   */
  String[] secrets() default {};

  /** Time limit of one attempt, such as {@code 30s}. */
  String timeout() default "10m";

  /** Maximum number of further attempts after a failure. */
  int retries() default 0;

  /** Wait before the second attempt. */
  String backoff() default "1s";

  /** {@code high}, {@code normal} or {@code low}. */
  String priority() default "normal";

  /** Jobs to start after this job's transaction has been applied. */
  String[] then() default {};
}
