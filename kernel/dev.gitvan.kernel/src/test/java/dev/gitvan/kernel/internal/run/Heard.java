package dev.gitvan.kernel.internal.run;

import dev.gitvan.job.RunEvent;
import dev.gitvan.job.RunListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records events, one string each. */
final class Heard implements RunListener {
  final List<String> all = new CopyOnWriteArrayList<>();

  @Override
  public void on(RunEvent event) {
    all.add(text(event));
  }

  private static String text(RunEvent event) {
    if (event instanceof RunEvent.Started run) {
      return "started " + run.job();
    }
    if (event instanceof RunEvent.StepStarted step) {
      return "step " + step.name();
    }
    if (event instanceof RunEvent.StepFinished step) {
      return "step " + step.report().name() + " " + step.report().status();
    }
    if (event instanceof RunEvent.Line line) {
      return line.stream() + " " + line.text();
    }
    if (event instanceof RunEvent.Planned planned) {
      return "planned " + planned.effect().kind() + " " + planned.effect().subject();
    }
    if (event instanceof RunEvent.Retrying retry) {
      return "retrying " + retry.attempt() + " " + retry.problem().code();
    }
    var end = (RunEvent.Finished) event;
    return "finished " + end.job() + " " + end.receipt().status();
  }
}
