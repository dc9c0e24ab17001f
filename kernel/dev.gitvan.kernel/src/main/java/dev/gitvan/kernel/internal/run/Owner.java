package dev.gitvan.kernel.internal.run;

/**
 * The process that a run belongs to.
 *
 * @param host the machine's name
 * @param born when the process started, in milliseconds; 0 when unknown. It distinguishes processes
 *     that had the same id one after the other
 */
record Owner(String host, long pid, long born) {
  static Owner self(String host) {
    var process = ProcessHandle.current();
    return new Owner(host, process.pid(), born(process));
  }

  /** Whether it certainly runs no more; another machine's process may always run. */
  boolean isDead(Owner self) {
    if (!host.equals(self.host)) {
      return false;
    }
    var process = ProcessHandle.of(pid);
    return process.isEmpty()
        || !process.get().isAlive()
        || born != 0 && born(process.get()) != 0 && born(process.get()) != born;
  }

  private static long born(ProcessHandle process) {
    return process.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
  }
}
