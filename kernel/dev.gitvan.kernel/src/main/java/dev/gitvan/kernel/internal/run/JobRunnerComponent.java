package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Configurations;
import dev.gitvan.document.Documents;
import dev.gitvan.hook.HookRegistry;
import dev.gitvan.job.JobRequest;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.JobRunner;
import dev.gitvan.job.spi.RunTransactions;
import dev.gitvan.kernel.internal.job.JobCatalog;
import dev.gitvan.metrics.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The runner. All references are dynamic: a bundle that is replaced while runs are in flight must
 * not restart the runner, which would cancel them.
 */
@Component(name = "dev.gitvan.kernel.runner", service = JobRunner.class)
@Designate(ocd = JobRunnerComponent.Config.class)
public final class JobRunnerComponent implements JobRunner {
  /** Settings. */
  @ObjectClassDefinition(name = "GitVan runner")
  public @interface Config {
    /** How long a job may take to end once interrupted, in milliseconds. */
    @AttributeDefinition
    long graceMillis() default 1000;

    /** How long stopping waits for the runs that it cancels, in milliseconds. */
    @AttributeDefinition
    long stopMillis() default 5000;
  }

  private final Runner runner;

  @Reference(policy = ReferencePolicy.DYNAMIC)
  private volatile JobCatalog jobs;

  @Reference(policy = ReferencePolicy.DYNAMIC)
  private volatile HookRegistry hooks;

  @Reference(policy = ReferencePolicy.DYNAMIC)
  private volatile Metrics metrics;

  @Reference(policy = ReferencePolicy.DYNAMIC)
  private volatile Configurations configurations;

  @Reference(policy = ReferencePolicy.DYNAMIC)
  private volatile Documents documents;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile RunTransactions transactions;

  @Activate
  public JobRunnerComponent(BundleContext context, Config config) {
    var clock = InstantSource.system();
    var version = context.getProperty("gitvan.version");
    var around =
        new Surroundings(
            () -> jobs,
            () -> hooks,
            () -> metrics,
            () -> transactions,
            new Ulids(clock)::next,
            clock,
            Duration.ofMillis(Math.max(1, config.graceMillis())),
            Host.name(),
            version == null ? context.getBundle().getVersion().toString() : version);
    this.runner =
        new Runner(
            around,
            () -> configurations,
            () -> documents,
            Duration.ofMillis(Math.max(0, config.stopMillis())));
  }

  @Deactivate
  void deactivate() {
    runner.close();
  }

  @Override
  public JobRun submit(JobRequest request) {
    return runner.submit(request);
  }

  @Override
  public List<JobRun> active() {
    return runner.active();
  }
}
