package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Bundles are stopped by the framework's own commands, which wait for nobody, while a job sits
 * between two staged commits. Only runs that use the bundle may fail; they name the true cause and
 * have a receipt.
 *
 * <p>Seen to fail before the swap service: stopping metrics, configuration, templates or the shell
 * cancelled the run with a wrong reason, and stopping Git support left it without a receipt.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ForcedRemovalIT {
  @Inject private BundleContext context;
  private CommandLine commands;

  @Configuration
  public Option[] configuration() throws Exception {
    var work = Files.createDirectories(Path.of(System.getProperty("gitvan.tests.work")));
    var root = Files.createTempDirectory(work, "forced");
    SwapJobs.create(root, 3);
    var options = new ArrayList<>(List.of(Distribution.options()));
    options.add(systemProperty(WithRepository.REPOSITORY).value(root.resolve("repo").toString()));
    options.add(systemProperty("itests.patience").value(Plugins.built("patience").toString()));
    var jgit =
        Path.of(System.getProperty("gitvan.bundles"), "dev.gitvan.git.jgit-0.1.0-SNAPSHOT.jar");
    options.add(systemProperty("itests.jgit").value(Plugins.withVersion(jgit, "0.1.1").toString()));
    return options.toArray(Option[]::new);
  }

  @Before
  public void begin() {
    commands = new CommandLine(context);
  }

  @Test
  public void stoppedMetricsDisturbNobody() throws Exception {
    assertEquals(ended(0), stoppedDuring("dev.gitvan.metrics", "staged"));
  }

  @Test
  public void stoppedShellDisturbsNoRun() throws Exception {
    assertEquals(ended(0), stoppedDuring("dev.gitvan.shell", "staged"));
  }

  @Test
  public void aRunGoesOnWithTheConfigurationThatItHas() throws Exception {
    assertEquals(ended(0), stoppedDuring("dev.gitvan.config", "staged"));
  }

  @Test
  public void stoppedTemplatesAreNamed() throws Exception {
    assertEquals(gone("dev.gitvan.template"), stoppedDuring("dev.gitvan.template", "staged"));
  }

  @Test
  public void stoppedStepTypesAreNamed() throws Exception {
    assertEquals(gone("dev.gitvan.jobs.file"), stoppedDuring("dev.gitvan.jobs.file", "staged"));
  }

  /** A job of a plugin uses neither files nor templates. */
  @Test
  public void jobsThatDoNotUseTheBundleGoOn() throws Exception {
    var plugin =
        context.installBundle(Path.of(System.getProperty("itests.patience")).toUri().toString());
    plugin.start();
    for (var name : List.of("dev.gitvan.template", "dev.gitvan.jobs.file")) {
      assertEquals(ended(0), stoppedDuring(name, "patience"));
    }
    plugin.uninstall();
  }

  @Test
  public void aStoppedKernelSaysSo() throws Exception {
    var outcome = stoppedDuring("dev.gitvan.kernel", "staged");
    assertTrue(outcome, outcome.startsWith("exit 130, 1 receipt: INTERRUPTED staged: "));
    assertTrue(outcome, outcome.contains("the bundle dev.gitvan.kernel was stopped by force"));
  }

  /** A newer version runs next to it: that one writes the receipt. */
  @Test
  public void uninstalledGitSupportIsNamedAndTheReceiptWritten() throws Exception {
    var old = bundle("dev.gitvan.git.jgit");
    var file = fileToCome();
    var run = begin("staged", file);
    int receipts = receipts();
    context.installBundle(Path.of(System.getProperty("itests.jgit")).toUri().toString()).start();
    old.uninstall();
    Files.createFile(file);
    int status = run.status();
    var outcome = outcome(status, receipts, run);
    // The framework may still serve classes of what it has uninstalled: then the run ends well.
    assertTrue(
        outcome, outcome.equals(ended(0)) || outcome.startsWith(gone("dev.gitvan.git.jgit")));
  }

  private static String ended(int status) {
    return "exit " + status + ", 1 receipt";
  }

  private static String gone(String bundle) {
    return "exit 75, 1 receipt: BUNDLE_GONE staged: " + bundle;
  }

  /** Stops a bundle while a job waits, lets the job go on, and starts the bundle again. */
  private String stoppedDuring(String name, String job) throws Exception {
    var stopped = bundle(name);
    var file = fileToCome();
    int receipts = receipts();
    var run = begin(job, file);
    stopped.stop();
    Files.createFile(file);
    int status = run.status();
    stopped.start();
    CommandLine.await("everything is back", () -> isWell());
    return outcome(status, receipts, run);
  }

  /** What is compared: up to the version of the bundle that is named. */
  private String outcome(int status, int receipts, CommandLine.Command run) throws Exception {
    int more = receipts() - receipts;
    var line =
        run.err()
            .lines()
            .filter(text -> text.matches("(INTERRUPTED|[A-Z]+_[A-Z_]+) .*"))
            .findFirst()
            .map(text -> ": " + text)
            .orElse("");
    var outcome = "exit " + status + ", " + more + " receipt" + line;
    return line.contains("BUNDLE_GONE") ? outcome.replaceFirst(" 0\\.1\\.\\d.*", "") : outcome;
  }

  private CommandLine.Command begin(String job, Path file) {
    var run =
        job.equals("patience")
            ? commands.begin(repository(), "run", job, "-i", "file=" + file)
            : commands.begin(
                repository(),
                "run",
                job,
                "-i",
                "file=" + file,
                "-i",
                "text=" + Long.toString(System.nanoTime(), 36));
    CommandLine.await(
        "the job has begun", () -> Files.exists(Path.of(file + ".begun")) || run.hasEnded());
    return run;
  }

  private boolean isWell() {
    try {
      return commands.run(repository(), "diag").status() == 0;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Bundle bundle(String symbolicName) {
    for (var bundle : context.getBundles()) {
      if (symbolicName.equals(bundle.getSymbolicName())) {
        return bundle;
      }
    }
    throw new AssertionError("no bundle " + symbolicName);
  }

  private static Path fileToCome() {
    return repository().resolve(Long.toString(System.nanoTime(), 36) + ".go");
  }

  private static Path repository() {
    return Path.of(System.getProperty(WithRepository.REPOSITORY));
  }

  private static int receipts() throws Exception {
    return Receipts.count(repository(), false);
  }
}
