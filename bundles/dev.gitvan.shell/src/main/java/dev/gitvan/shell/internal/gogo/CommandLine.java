package dev.gitvan.shell.internal.gogo;

import java.util.List;
import java.util.Map;

/**
 * The command line that the kernel registers: it goes on with the next version of this bundle when
 * that is replaced.
 */
@FunctionalInterface
interface CommandLine {
  /**
   * Runs a command line.
   *
   * @param call see {@link dev.gitvan.shell.internal.Caller}
   * @return the exit status
   */
  int run(List<String> arguments, Map<String, Object> call);
}
