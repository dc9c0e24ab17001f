package dev.gitvan.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * What is passed to a command in addition to its arguments.
 *
 * <p>The command line is taken by the service with object class {@link
 * java.util.function.ToIntBiFunction} and property {@code gitvan.command.line=true}. Its first
 * argument is a {@code List<String>}, the arguments as the user typed them; its result is the exit
 * status. Its second argument is a {@code Map<String, Object>}, made by {@link #toMap}; only types
 * of the JDK occur in it, since the launcher shares no other with the bundles:
 *
 * <table>
 * <caption>The second argument</caption>
 * <tr><th>key</th><th>type</th><th>value</th></tr>
 * <tr><td>{@code in}</td><td>{@link java.io.InputStream}</td><td>standard input</td></tr>
 * <tr><td>{@code out}</td><td>{@link java.io.PrintStream}</td><td>standard output, UTF-8</td></tr>
 * <tr><td>{@code err}</td><td>{@link java.io.PrintStream}</td><td>standard error, UTF-8</td></tr>
 * <tr><td>{@code cwd}</td><td>{@link Path}</td><td>the working directory, absolute</td></tr>
 * <tr><td>{@code env}</td><td>{@code Map<String, String>}</td><td>the environment</td></tr>
 * <tr><td>{@code onInterrupt}</td><td>{@code Consumer<Runnable>}</td><td>registers what to do when
 * the user presses Ctrl-C or the process is to end: the action must make the command return soon;
 * the exit status is then 130, or 0 if the command returns 0</td></tr>
 * <tr><td>{@code startShell}</td><td>{@code Callable<Integer>}</td><td>runs the interactive shell
 * until the user leaves it, or the process is to end; bundles stop once the command has
 * returned</td></tr>
 * </table>
 *
 * @param streams the process's own standard streams
 * @param workingDirectory where the user is
 * @param environment the user's environment
 * @param onInterrupt registers an action for SIGINT, SIGTERM and SIGHUP
 * @param startShell runs the interactive shell
 */
record CommandCall(
    StandardStreams streams,
    Path workingDirectory,
    Map<String, String> environment,
    Consumer<Runnable> onInterrupt,
    Callable<Integer> startShell) {

  Map<String, Object> toMap() {
    Map<String, Object> map = new HashMap<>();
    map.put("in", streams.in());
    map.put("out", streams.out());
    map.put("err", streams.err());
    map.put("cwd", workingDirectory);
    map.put("env", environment);
    map.put("onInterrupt", onInterrupt);
    map.put("startShell", startShell);
    return map;
  }
}
