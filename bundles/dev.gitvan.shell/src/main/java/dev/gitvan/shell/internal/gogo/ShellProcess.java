package dev.gitvan.shell.internal.gogo;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Component;

/**
 * The process that opened the interactive shell: the environment of the shell's commands, and the
 * exit status of a script that is piped into it. Thread-safe.
 */
@Component(service = ShellProcess.class)
public final class ShellProcess {
  private static final String TERMINALS = "GITVAN_TTY";

  private final AtomicInteger firstFailure = new AtomicInteger();
  private volatile Map<String, String> environment = System.getenv();

  /** Sets the environment of commands; before, it is that of the framework's process. */
  public void open(Map<String, String> value) {
    environment = Map.copyOf(value);
  }

  Map<String, String> environment() {
    return environment;
  }

  /**
   * Whether a stream of the process, {@code i}, {@code o} or {@code e}, may be a terminal: Gogo
   * takes a pipe for one.
   */
  boolean isTerminal(char stream) {
    var terminals = environment.get(TERMINALS);
    return terminals == null || terminals.indexOf(stream) >= 0;
  }

  /** Records how a command ended. */
  void ended(int status) {
    firstFailure.compareAndSet(0, status);
  }

  /** The status of the first command that failed, if commands come from a script; else 0. */
  public int exitStatus() {
    return isTerminal('i') ? 0 : firstFailure.get();
  }
}
