package dev.gitvan.testkit.kernel;

import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunEvent;
import java.util.List;

/**
 * A run that has ended.
 *
 * @param receipt how it ended
 * @param events its events and those of the runs that it led to, in order
 */
public record FinishedRun(Receipt receipt, List<RunEvent> events) {
  public FinishedRun {
    events = List.copyOf(events);
  }

  /** The events of a type. */
  public <E extends RunEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The lines that the run printed. */
  public List<String> printed() {
    return events(RunEvent.Line.class).stream().map(RunEvent.Line::text).toList();
  }
}
