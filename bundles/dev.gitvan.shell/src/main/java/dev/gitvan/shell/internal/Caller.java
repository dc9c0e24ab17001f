package dev.gitvan.shell.internal;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Who calls a verb, and from where: a process's command line or a session of the shell.
 *
 * @param terminals those of the letters {@code i o e} whose stream is a terminal
 * @param onInterrupt registers what Ctrl-C does
 * @param startShell runs the interactive shell; null where there is none to start
 */
public record Caller(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Path workingDirectory,
    Map<String, String> environment,
    String terminals,
    Consumer<Runnable> onInterrupt,
    Callable<Integer> startShell) {

  /** What {@link #of} reads, for a caller that cannot start the shell. */
  public static Map<String, Object> map(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Path workingDirectory,
      Map<String, String> environment,
      String terminals,
      Consumer<Runnable> onInterrupt) {
    return Map.of(
        "in", in,
        "out", out,
        "err", err,
        "cwd", workingDirectory,
        "env", environment,
        "terminals", terminals,
        "onInterrupt", onInterrupt);
  }

  /** Reads what the launcher hands over; its {@code CommandCall} documents the keys. */
  @SuppressWarnings("unchecked")
  static Caller of(Map<String, Object> call) {
    var environment = (Map<String, String>) call.get("env");
    return new Caller(
        (InputStream) call.get("in"),
        (PrintStream) call.get("out"),
        (PrintStream) call.get("err"),
        (Path) call.get("cwd"),
        environment,
        (String) call.getOrDefault("terminals", environment.getOrDefault("GITVAN_TTY", "")),
        (Consumer<Runnable>) call.get("onInterrupt"),
        (Callable<Integer>) call.get("startShell"));
  }
}
