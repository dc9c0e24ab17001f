package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Configurations;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.hook.HookRegistry;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.JobRunner;
import dev.gitvan.job.RunListener;
import dev.gitvan.job.spi.RunTransactions;
import dev.gitvan.kernel.internal.job.JobCatalog;
import dev.gitvan.kernel.internal.shared.Successor;
import dev.gitvan.kernel.internal.swap.Activities.KernelStoppedException;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
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
 * The runner. It refers to nothing that can go before the kernel does: a component that restarts
 * would cancel its runs. Immediate, so that it does not go when nobody refers to it any more.
 */
@Component(name = "dev.gitvan.kernel.runner", immediate = true, service = JobRunner.class)
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
  private final Successor successor;

  @Reference(
      target = "(!(gitvan.shared.present=false))",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile RunTransactions transactions;

  @Activate
  public JobRunnerComponent(
      BundleContext context,
      Config config,
      @Reference Kernel kernel,
      @Reference JobCatalog jobs,
      @Reference HookRegistry hooks,
      @Reference Metrics metrics,
      @Reference Configurations configurations,
      @Reference Documents documents,
      @Reference RunStores stores) {
    this.successor = new Successor(context);
    var clock = InstantSource.system();
    var version = context.getProperty("gitvan.version");
    var around =
        new Surroundings(
            kernel,
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
            stores::of,
            new Runner.Shutdown(
                Duration.ofMillis(Math.max(0, config.stopMillis())), () -> stopReason(context)));
  }

  @Deactivate
  void deactivate() {
    runner.close();
  }

  private static String stopReason(BundleContext context) {
    return context.getBundle(0).getState() == Bundle.STOPPING
        ? "GitVan is shutting down"
        : "the bundle dev.gitvan.kernel was stopped by force";
  }

  @Override
  public JobRun submit(JobOrder order, RunListener listener) {
    try {
      return runner.accept(order, listener);
    } catch (KernelStoppedException e) {
      return handOver(order, listener);
    }
  }

  /** The kernel was replaced while the caller waited for it. */
  private JobRun handOver(JobOrder order, RunListener listener) {
    if (successor.await(JobRunner.class.getName(), null) instanceof JobRunner next) {
      return next.submit(order, listener);
    }
    throw GitVanException.of(
        Codes.DAEMON_UNAVAILABLE,
        order.job(),
        "the kernel that the caller knew was stopped or replaced",
        "Look the service up again.");
  }

  @Override
  public Optional<JobRun> find(String id) {
    return runner.find(id);
  }

  @Override
  public List<JobRun> list() {
    return runner.list();
  }

  @Override
  public Subscription listen(RunListener listener) {
    return runner.listen(listener);
  }
}
