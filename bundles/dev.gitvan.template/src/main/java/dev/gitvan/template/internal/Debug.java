package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.DebugLines;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Logs what is compiled and rendered. Safe for any thread. */
record Debug(Supplier<List<DebugLines>> listeners) {
  boolean isOn() {
    return !listeners.get().isEmpty();
  }

  /** Something took its time. */
  void took(String what, String name, long nanos) {
    if (isOn()) {
      tell(String.format(Locale.ROOT, "%s %s in %.3f ms", what, name, nanos / 1e6));
    }
  }

  /** Something was in a cache. */
  void hit(String what, String name, String tier) {
    if (isOn()) {
      tell(what + " " + name + ": hit in " + tier);
    }
  }

  private void tell(String line) {
    listeners.get().forEach(each -> each.line("templates: " + line));
  }
}
