package dev.gitvan.kernel.internal.shared;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.extension.ExtensionGoneException;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.kernel.internal.Plugin;
import dev.gitvan.kernel.internal.swap.Activities.KernelStoppedException;
import dev.gitvan.kernel.internal.swap.Activity;
import dev.gitvan.kernel.internal.swap.Kernel;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntBiFunction;

/**
 * The command line that the launcher and the shell call: each command is an activity, carried out
 * by the newest implementation. A command that arrives while the kernel is being replaced is handed
 * to the next kernel. The interactive shell hosts other commands and is no activity itself: bundles
 * can be swapped from within it.
 */
final class CommandLineGate implements ToIntBiFunction<List<String>, Map<String, Object>> {
  private static final String TYPE = ToIntBiFunction.class.getName();
  private static final String FILTER = "(gitvan.command.line=true)";
  private static final String START_SHELL = "startShell";

  /** How long the commands of a shell that is left may take to end. */
  private static final Duration LEAVING_PATIENCE = Duration.ofSeconds(8);

  private final Kernel kernel;
  private final SharedServices services;
  private final Successor successor;

  CommandLineGate(Kernel kernel, SharedServices services, Successor successor) {
    this.kernel = kernel;
    this.services = services;
    this.successor = successor;
  }

  @Override
  public int applyAsInt(List<String> arguments, Map<String, Object> call) {
    var label = "gitvan " + String.join(" ", arguments.subList(0, Math.min(2, arguments.size())));
    try (var activity = kernel.activities().begin(label, Thread.currentThread());
        var binding = kernel.activities().bind(activity)) {
      int status = new Command(activity, services.keep(TYPE)).run(arguments, call);
      activity.afterwards().forEach(Runnable::run);
      return status;
    } catch (KernelStoppedException e) {
      return handOver(arguments, call);
    } catch (GitVanException e) {
      return report(call, e.problem());
    }
  }

  private int handOver(List<String> arguments, Map<String, Object> call) {
    @SuppressWarnings("unchecked") // The registration says so.
    var next = (ToIntBiFunction<List<String>, Map<String, Object>>) successor.await(TYPE, FILTER);
    return next == null
        ? report(
            call,
            new Problem(
                Codes.DAEMON_UNAVAILABLE,
                "gitvan",
                "GitVan was stopped before the command began",
                "Run it again."))
        : next.applyAsInt(arguments, call);
  }

  private static int report(Map<String, Object> call, Problem problem) {
    if (call.get("err") instanceof PrintStream err) {
      err.println(problem);
    }
    return problem.exitStatus();
  }

  /** One command. */
  private final class Command {
    private final Activity activity;
    private final Plugin<SharedService> implementation;
    private Integer hosted;

    /**
     * @param implementation held by the activity, as long as that is not parked
     */
    Command(Activity activity, Plugin<SharedService> implementation) {
      this.activity = activity;
      this.implementation = implementation;
    }

    @SuppressWarnings("unchecked") // The property says so.
    int run(List<String> arguments, Map<String, Object> call) {
      try {
        var service =
            (ToIntBiFunction<List<String>, Map<String, Object>>) (Object) implementation.service();
        return service.applyAsInt(arguments, hosting(call));
      } catch (ExtensionGoneException e) {
        throw SharedServices.missing(TYPE, e);
      } catch (RuntimeException | LinkageError e) {
        if (hosted != null && implementation.isGone()) {
          // The code that opened the shell was replaced from within it.
          return hosted;
        }
        throw e;
      }
    }

    private Map<String, Object> hosting(Map<String, Object> call) {
      if (!(call.get(START_SHELL) instanceof Callable<?> shell)) {
        return call;
      }
      var copy = new HashMap<>(call);
      copy.put(START_SHELL, (Callable<Integer>) () -> host(shell));
      return copy;
    }

    private Integer host(Callable<?> shell) throws Exception {
      activity.park(true);
      try {
        hosted = (Integer) shell.call();
        kernel.activities().endCommands(LEAVING_PATIENCE);
        return hosted;
      } finally {
        activity.park(false);
      }
    }
  }
}
