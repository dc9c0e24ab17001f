package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.diagnostics.DebugLines;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Logs which refs move, what is waited for and which objects are read. Costs nothing while
 * disabled. Safe for any thread.
 */
public record Debug(Supplier<List<DebugLines>> listeners) {
  /** Logs nothing. */
  public static final Debug OFF = new Debug(List::of);

  /** A shorter wait for a lock that nobody had is no wait, in nanoseconds. */
  private static final long WAIT = 100_000;

  /**
   * A ref has moved.
   *
   * @param from null: it was created
   * @param to null: it was deleted
   * @param nanos of the transaction that it belongs to, from its first lock on
   */
  public void moved(String ref, ObjectId from, ObjectId to, long nanos) {
    if (isOn()) {
      tell("moved %s %s to %s in %.3f ms", ref, name(from), name(to), nanos / 1e6);
    }
  }

  /** A lock was waited for. */
  public void waited(String lock, long nanos) {
    if (nanos >= WAIT && isOn()) {
      tell("waited for %s for %.3f ms", lock, nanos / 1e6);
    }
  }

  /** An object was read, from the repository or from memory. */
  public void read(String object, int bytes, long nanos) {
    if (isOn()) {
      tell("read %s, %d bytes in %.1f µs", object, bytes, nanos / 1e3);
    }
  }

  private boolean isOn() {
    return !listeners.get().isEmpty();
  }

  private static String name(ObjectId id) {
    return id == null ? "nothing" : id.abbreviate(10).name();
  }

  private void tell(String format, Object... values) {
    var line = "git: " + String.format(Locale.ROOT, format, values);
    listeners.get().forEach(each -> each.line(line));
  }
}
