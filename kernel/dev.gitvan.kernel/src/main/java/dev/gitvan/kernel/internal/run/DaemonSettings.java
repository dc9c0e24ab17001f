package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Section;
import dev.gitvan.config.Setting;

/** The section {@code daemon} of the configuration, which only a user's own file may contain. */
final class DaemonSettings {
  private static final long MIB = 1L << 20;

  private static final Section.Builder DAEMON =
      Section.named("daemon", "The resident runtime.").userOnly();

  static final Setting<Integer> WORKERS =
      DAEMON.wholeNumber("workers", 1, 64, 4, "Number of threads that run jobs.");
  static final Setting<Long> HEAP =
      DAEMON.size("heap", 64 * MIB, 64 * 1024 * MIB, 256 * MIB, "Heap of the daemon's JVM.");

  static final Section SECTION = DAEMON.build();

  private DaemonSettings() {}
}
