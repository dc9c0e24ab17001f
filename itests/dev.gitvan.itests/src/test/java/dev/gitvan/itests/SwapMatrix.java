package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Every bundle of GitVan is swapped while jobs of every kind are in flight: one of a plugin, one
 * whose command runs, one between two staged commits, and one that renders many files. By the swap
 * service no run is lost, fails or is cancelled, and none is without a receipt; jobs that begin
 * meanwhile run, too. Each way of swapping is a test of its own.
 *
 * <p>Seen to fail on the build before the swap service, where bundles were stopped and started by
 * the framework: seven of them lost 27 of 68 runs, cancelled, failed or without a receipt.
 */
public abstract class SwapMatrix {
  private static final String PREFIX = "dev.gitvan.";
  private static final int PAGES = 250;

  /** The kinds of jobs, each in a repository of its own. */
  private static final List<String> KINDS = List.of("plain", "process", "staged", "each", "quick");

  @Inject private BundleContext context;

  @Configuration
  public Option[] configuration() throws Exception {
    var work = Files.createDirectories(Path.of(System.getProperty("gitvan.tests.work")));
    var root = Files.createTempDirectory(work, "matrix");
    for (var kind : KINDS) {
      SwapJobs.create(root.resolve(kind), PAGES);
    }
    var options = new ArrayList<>(List.of(Distribution.options()));
    options.add(systemProperty("itests.matrix").value(root.toString()));
    options.add(systemProperty("itests.patience").value(Plugins.built("patience").toString()));
    var newer = Files.createDirectories(root.resolve("newer"));
    try (var jars =
        Files.newDirectoryStream(Path.of(System.getProperty("gitvan.bundles")), PREFIX + "*.jar")) {
      for (var jar : jars) {
        Files.copy(jar, root.resolve(name(jar) + ".jar"));
        Files.move(Plugins.withVersion(jar, "0.1.1"), newer.resolve(name(jar) + ".jar"));
      }
    }
    return options.toArray(Option[]::new);
  }

  private static String name(Path jar) {
    return jar.getFileName().toString().replaceFirst("-\\d.*", "");
  }

  /** One way to swap a bundle, as a command line. */
  interface Swap {
    List<String> arguments(String bundle);
  }

  /** Each bundle in turn; a failed run, a lost one and a missing receipt are faults of the test. */
  void swapAll(Swap swap) throws Exception {
    var commands = new CommandLine(context);
    if (bundle("org.example.patience") == null) {
      context
          .installBundle(Path.of(System.getProperty("itests.patience")).toUri().toString())
          .start();
    }
    var faults = new ArrayList<String>();
    var names =
        java.util.Arrays.stream(context.getBundles())
            .map(Bundle::getSymbolicName)
            .filter(name -> name.startsWith(PREFIX))
            .distinct()
            .sorted()
            .toList();
    for (var name : names) {
      new Case(commands, name, swap.arguments(name).toArray(String[]::new)).run(faults);
    }
    assertEquals("", String.join("\n", faults));
  }

  private Bundle bundle(String symbolicName) {
    for (var bundle : context.getBundles()) {
      if (symbolicName.equals(bundle.getSymbolicName())) {
        return bundle;
      }
    }
    return null;
  }

  static String root(String... path) {
    return Path.of(System.getProperty("itests.matrix"), path).toString();
  }

  /** One bundle, swapped in one way under all kinds of jobs. */
  private static final class Case {
    private final CommandLine commands;
    private final String bundle;
    private final String[] swap;
    private final Map<String, CommandLine.Command> runs = new LinkedHashMap<>();
    private final Map<String, Integer> receipts = new LinkedHashMap<>();
    private final List<Path> awaited = new ArrayList<>();

    Case(CommandLine commands, String bundle, String... swap) {
      this.commands = commands;
      this.bundle = bundle;
      this.swap = swap;
    }

    void run(List<String> faults) throws Exception {
      for (var kind : KINDS) {
        receipts.put(kind, Receipts.count(repository(kind), true));
      }
      var token = Long.toString(System.nanoTime(), 36);
      begin("plain", token);
      begin("process", token);
      begin("staged", token);
      begin("each", token);
      var rendering = repository("each").resolve("site/" + (PAGES - 1) + ".md");
      runs.keySet().forEach(kind -> CommandLine.await(kind + " has begun", hasBegun(kind, token)));
      var swapping = commands.begin(repository("quick"), swap);
      CommandLine.await(
          "the swap waits for runs, or has ended",
          () -> swapping.hasEnded() || swapping.err().contains("waiting for"));
      runs.put("quick", commands.begin(repository("quick"), "run", "quick", "-i", "text=" + token));
      for (var file : awaited) {
        Files.createFile(file);
      }
      check(faults, "swap", swapping);
      for (var run : runs.entrySet()) {
        check(faults, run.getKey(), run.getValue());
        int more = Receipts.count(repository(run.getKey()), true) - receipts.get(run.getKey());
        if (more != 1) {
          faults.add(label(run.getKey()) + ": " + more + " receipts");
        }
      }
      if (!Files.exists(rendering) || !Files.readString(rendering).contains(token)) {
        faults.add(label("each") + ": " + rendering + " is not written");
      }
      var diagnosis = commands.run(repository("quick"), "diag");
      check(faults, "diag", diagnosis);
    }

    private void begin(String kind, String token) {
      var file = repository(kind).resolve(token + ".go");
      awaited.add(file);
      runs.put(
          kind,
          kind.equals("plain")
              ? commands.begin(repository(kind), "run", "patience", "-i", "file=" + file)
              : commands.begin(
                  repository(kind), "run", kind, "-i", "file=" + file, "-i", "text=" + token));
    }

    private BooleanSupplier hasBegun(String kind, String token) {
      var file = repository(kind).resolve(token + ".go.begun");
      return () -> Files.exists(file) || runs.get(kind).hasEnded();
    }

    private void check(List<String> faults, String what, CommandLine.Command command) {
      try {
        int status = command.status();
        if (status != 0) {
          faults.add(label(what) + ": exit " + status + ": " + command);
        }
      } catch (Exception e) {
        faults.add(label(what) + ": " + e + (e.getCause() == null ? "" : trace(e.getCause())));
      }
    }

    private static String trace(Throwable thrown) {
      var text = new java.io.StringWriter();
      thrown.printStackTrace(new java.io.PrintWriter(text, true));
      return text.toString();
    }

    private String label(String what) {
      return swap[1] + " " + bundle + ", " + what;
    }
  }

  private static Path repository(String kind) {
    return Path.of(System.getProperty("itests.matrix"), kind, "repo");
  }
}
