package dev.gitvan.git.jgit.internal;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * How much the tests of faults do: little in every build, all with {@code -Dgitvan.faults=long}.
 */
public final class Faults {
  private static final boolean LONG = "long".equals(System.getProperty("gitvan.faults"));

  private Faults() {}

  /** How many. */
  public static int count(int inEveryBuild, int inAll) {
    return LONG ? inAll : inEveryBuild;
  }

  /** How long a repository is worked on from all sides. */
  public static Duration duration() {
    var seconds = System.getProperty("gitvan.faults.seconds");
    return Duration.ofSeconds(seconds == null ? count(20, 600) : Long.parseLong(seconds));
  }

  /** Does something again and again, until it is stopped. */
  public static Future<Integer> loop(ExecutorService pool, Stop stop, Callable<Boolean> once) {
    return pool.submit(
        () -> {
          int done = 0;
          while (!stop.isSet()) {
            done += once.call() ? 1 : 0;
          }
          return done;
        });
  }

  /** Ends loops; each sets it when it fails, so that nobody waits for the others. */
  public static final class Stop {
    private volatile boolean set;

    public void set() {
      set = true;
    }

    public boolean isSet() {
      return set;
    }
  }
}
