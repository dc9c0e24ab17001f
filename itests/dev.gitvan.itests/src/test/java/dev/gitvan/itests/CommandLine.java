package dev.gitvan.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToIntBiFunction;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/**
 * Commands in the running system, as the shell gives them. Uses types of the JDK only, so that the
 * tests' own bundle is wired to none of GitVan's, and survives when those are replaced.
 */
final class CommandLine {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final String FILTER = "(gitvan.command.line=true)";

  private final BundleContext context;

  CommandLine(BundleContext context) {
    this.context = context;
  }

  /** A command that runs, or has ended. */
  static final class Command {
    final String line;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private CompletableFuture<Integer> status;

    private Command(String line) {
      this.line = line;
    }

    String out() {
      return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
      return err.toString(StandardCharsets.UTF_8);
    }

    boolean hasEnded() {
      return status.isDone();
    }

    /** Its exit status; waits for its end. */
    int status() throws Exception {
      try {
        return status.get(LIMIT_NANOS, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new AssertionError("has not ended: " + this + "\n" + threads());
      }
    }

    @Override
    public String toString() {
      return line + "\n" + out() + err();
    }
  }

  /** Begins a command on a thread of its own. */
  Command begin(Path directory, String... arguments) {
    var command = new Command("gitvan " + String.join(" ", arguments));
    var end = new CompletableFuture<Integer>();
    command.status = end;
    var thread =
        new Thread(
            () -> {
              try {
                end.complete(call(command, directory, List.of(arguments)));
              } catch (Throwable e) {
                end.completeExceptionally(e);
              }
            },
            command.line);
    thread.start();
    return command;
  }

  /** Runs a command to its end. */
  Command run(Path directory, String... arguments) throws Exception {
    var command = begin(directory, arguments);
    command.status();
    return command;
  }

  private int call(Command command, Path directory, List<String> arguments) throws Exception {
    Consumer<Runnable> onInterrupt = action -> {};
    Map<String, Object> call =
        Map.of(
            "in",
            new ByteArrayInputStream(new byte[0]),
            "out",
            new PrintStream(command.out, true, StandardCharsets.UTF_8),
            "err",
            new PrintStream(command.err, true, StandardCharsets.UTF_8),
            "cwd",
            directory,
            "env",
            Map.of("PATH", System.getenv("PATH")),
            "onInterrupt",
            onInterrupt);
    return service().applyAsInt(arguments, call);
  }

  /** Looked up for each command, as the kernel that registers it may be another one each time. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private ToIntBiFunction<List<String>, Map<String, Object>> service()
      throws InvalidSyntaxException {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (System.nanoTime() - end < 0) {
      for (var reference : context.getServiceReferences(ToIntBiFunction.class, FILTER)) {
        var service = context.getService(reference);
        if (service != null) {
          return service;
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError("there is no command line");
  }

  /** What GitVan's threads do. */
  private static String threads() {
    var text = new StringBuilder();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              if (thread.getName().startsWith("gitvan")) {
                text.append(thread.getName()).append('\n');
                for (var frame : stack) {
                  text.append("    at ").append(frame).append('\n');
                }
              }
            });
    return text.toString();
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(
            "not within " + Duration.ofNanos(LIMIT_NANOS) + ": " + what + "\n" + threads());
      }
      LockSupport.parkNanos(2_000_000);
    }
  }
}
