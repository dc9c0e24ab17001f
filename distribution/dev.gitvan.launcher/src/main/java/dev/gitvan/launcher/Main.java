package dev.gitvan.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Entry point of the process.
 *
 * <p>Expects the system property {@value Installation#ROOT}; {@code bin/gitvan} sets it.
 */
public final class Main {
  private static final Duration COMMAND_PATIENCE = Duration.ofSeconds(20);
  private static final Duration INTERRUPT_PATIENCE = Duration.ofSeconds(10);

  private Main() {}

  /** Runs the command line and ends the process with its exit status. */
  public static void main(String[] arguments) {
    var streams = StandardStreams.ofProcess();
    var interrupts = new Interrupts(INTERRUPT_PATIENCE);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> halt(interrupts), "gitvan-interrupt"));
    int status = run(List.of(arguments), System.getenv(), streams, interrupts);
    interrupts.end(status);
    System.exit(status);
  }

  /** Runs at every end of the process; there is something to do only if it comes from outside. */
  private static void halt(Interrupts interrupts) {
    if (!interrupts.isEnded()) {
      Runtime.getRuntime().halt(interrupts.interrupt());
    }
  }

  private static int run(
      List<String> arguments,
      Map<String, String> environment,
      StandardStreams streams,
      Interrupts interrupts) {
    try {
      String root = System.getProperty(Installation.ROOT);
      if (root == null) {
        throw LaunchException.internal(
            "gitvan: the system property " + Installation.ROOT + " is not set. Use bin/gitvan.",
            null);
      }
      var installation = new Installation(Path.of(root));
      var launcher = new Launcher(installation, environment, streams, interrupts, COMMAND_PATIENCE);
      int status = launcher.run(arguments);
      ensureArchive(installation, environment);
      if (status == 0) {
        streams.checkOutput();
      }
      return status;
    } catch (LaunchException e) {
      streams.err().println(e.line());
      return e.exitStatus();
    } catch (RuntimeException | Error e) {
      streams.err().println("INTERNAL gitvan: " + e + ". Please report it.");
      return ExitStatus.INTERNAL;
    }
  }

  private static void ensureArchive(Installation installation, Map<String, String> environment) {
    String archive = System.getProperty(ClassArchive.PATH);
    if (archive != null && !"never".equals(environment.get(ClassArchive.RECORDING))) {
      new ClassArchive(Path.of(archive), installation.script()).ensure();
    }
  }
}
