package dev.gitvan.git.jgit.internal.refs;

/**
 * Named points of a transaction at which a test may end the process. In a normal process nothing
 * happens there.
 */
@FunctionalInterface
public interface Failpoint {
  /** Does nothing. */
  Failpoint NONE = name -> {};

  /** The transaction has come to a point. */
  void reach(String name);

  /** Halts the process at a point, as {@code kill -9} would: nothing is closed or cleaned up. */
  static Failpoint halt(String at) {
    return name -> {
      if (name.equals(at)) {
        Runtime.getRuntime().halt(137);
      }
    };
  }

  /**
   * For tests only: the system property {@code gitvan.failpoint} names the point at which the
   * process halts. Without it, {@link #NONE}.
   */
  static Failpoint ofProcess() {
    var at = System.getProperty("gitvan.failpoint");
    return at == null || at.isEmpty() ? NONE : halt(at);
  }
}
