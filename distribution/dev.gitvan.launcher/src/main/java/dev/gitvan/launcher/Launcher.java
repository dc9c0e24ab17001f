package dev.gitvan.launcher;

import dev.gitvan.home.GitVanHome;
import dev.gitvan.launcher.log.FileLogProvider;
import dev.gitvan.launcher.log.FrameworkLog;
import dev.gitvan.launcher.log.LogFile;
import dev.gitvan.launcher.log.StrayPrints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntBiFunction;
import org.osgi.framework.BundleException;
import org.slf4j.event.Level;

/** Runs one command line in a framework of its own. */
final class Launcher {
  private final Installation installation;
  private final Map<String, String> environment;
  private final StandardStreams streams;
  private final Interrupts interrupts;
  private final Duration patience;

  /** Waits for the command line service with {@code patience}. */
  Launcher(
      Installation installation,
      Map<String, String> environment,
      StandardStreams streams,
      Interrupts interrupts,
      Duration patience) {
    this.installation = installation;
    this.environment = environment;
    this.streams = streams;
    this.interrupts = interrupts;
    this.patience = patience;
  }

  /** Returns the command's exit status. */
  int run(List<String> arguments) throws LaunchException {
    Settings settings = settings();
    var home = GitVanHome.of(name -> property(settings, name), environment);
    var privateHome = new PrivateHome(home);
    privateHome.open();
    Path logFile = home.state().resolve("logs").resolve("gitvan.log");
    LogFile log = log(settings, logFile);
    try (var storage = FrameworkStorage.create(home.cache().resolve("framework"));
        var kernel = start(settings, home, storage, log)) {
      for (var file : kernel.unreadableFiles()) {
        log.write(Level.WARN, "gitvan", file, null);
      }
      var commandLine = kernel.commandLine(patience);
      if (isTraining()) {
        return train(settings, commandLine, kernel);
      }
      return run(commandLine, arguments, kernel);
    } catch (RuntimeException | BundleException | Error e) {
      if (WriteFailure.isDiskFull(e)) {
        throw LaunchException.ofWrite(home.cache().toString(), e);
      }
      log.write(Level.ERROR, "gitvan", "The command ended unexpectedly", e);
      throw LaunchException.internal(
          "gitvan: " + e + ". Details are in " + logFile + "; please report them.", e);
    } finally {
      streams.flush();
      privateHome.hideFiles();
    }
  }

  private Settings settings() throws LaunchException {
    try {
      return Settings.read(installation.settings());
    } catch (IOException e) {
      throw new LaunchException(
          "IO_ERROR",
          ExitStatus.INTERNAL,
          installation.settings() + ": cannot be read. Reinstall GitVan.",
          e);
    }
  }

  /** As bundles see it: a framework property, else a system property. */
  private static String property(Settings settings, String name) {
    String value = settings.framework().get(name);
    return value == null ? System.getProperty(name) : value;
  }

  /** From here on nothing but the command itself reaches the terminal. */
  private static LogFile log(Settings settings, Path file) {
    System.setProperty("slf4j.provider", FileLogProvider.class.getName());
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.setProperty(LogFile.PATH, file.toString());
    System.setProperty(LogFile.LEVEL, settings.logLevel());
    LogFile log = LogFile.ofSystemProperties();
    System.setOut(StrayPrints.to(log, "stdout"));
    System.setErr(StrayPrints.to(log, "stderr"));
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) ->
            log.write(Level.ERROR, "gitvan", "Uncaught in " + thread.getName(), failure));
    return log;
  }

  private Kernel start(Settings settings, GitVanHome home, FrameworkStorage storage, LogFile log)
      throws LaunchException, BundleException {
    Map<String, String> properties = new HashMap<>(settings.framework());
    properties.putAll(home.toFrameworkProperties());
    // Gogo reads etc/gosh_profile there.
    properties.put("gosh.home", installation.root().toString());
    try {
      return Kernel.start(
          properties,
          settings.plan().order(installation.bundles()),
          settings.plan().highestLevel(),
          storage.directory(),
          new FrameworkLog(log));
    } catch (IOException e) {
      throw new LaunchException(
          "IO_ERROR",
          ExitStatus.INTERNAL,
          installation.root() + ": its bundles cannot be read. Reinstall GitVan.",
          e);
    }
  }

  private int run(
      ToIntBiFunction<List<String>, Map<String, Object>> commandLine,
      List<String> arguments,
      Kernel kernel) {
    var call =
        new CommandCall(
            streams,
            Path.of("").toAbsolutePath(),
            environment,
            interrupts::onInterrupt,
            kernel.interactiveShell(streams, interrupts::onInterrupt));
    return commandLine.applyAsInt(arguments, call.toMap());
  }

  private static boolean isTraining() {
    return Boolean.getBoolean(ClassArchive.TRAINING);
  }

  /** Runs what users run, so that the archive has the classes for it; how that ends is nobody's. */
  private int train(
      Settings settings,
      ToIntBiFunction<List<String>, Map<String, Object>> commandLine,
      Kernel kernel) {
    for (List<String> arguments : settings.training()) {
      try {
        run(commandLine, arguments, kernel);
      } catch (RuntimeException e) {
        // What it has loaded so far counts.
      }
    }
    return 0;
  }
}
