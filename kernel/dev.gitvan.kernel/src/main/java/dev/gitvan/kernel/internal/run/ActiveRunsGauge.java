package dev.gitvan.kernel.internal.run;

import dev.gitvan.job.JobRunner;
import dev.gitvan.job.RunState;
import dev.gitvan.metrics.spi.Gauge;
import dev.gitvan.metrics.spi.GitVanGauge;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The runs of this process. */
@Component
@GitVanGauge(name = "runs.active", description = "Runs that are waiting or running")
public final class ActiveRunsGauge implements Gauge {
  private final JobRunner runner;

  @Activate
  public ActiveRunsGauge(@Reference JobRunner runner) {
    this.runner = runner;
  }

  @Override
  public double value() {
    return runner.list().stream().filter(run -> run.state() != RunState.ENDED).count();
  }
}
