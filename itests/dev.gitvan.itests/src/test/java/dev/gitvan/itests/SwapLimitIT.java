package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/**
 * A swap that reaches its limit is given up, and costs no run: neither those that kept it waiting
 * nor those that have begun on the new version meanwhile.
 *
 * <p>Aimed at a swap that uninstalls the new version at its limit, even while it is used.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SwapLimitIT {
  private static final String PLUGIN = "org.example.patience";

  @Inject private BundleContext context;
  private CommandLine commands;

  @Configuration
  public Option[] configuration() throws Exception {
    var patience = Plugins.built("patience");
    return WithRepository.options(
        systemProperty("itests.patience").value(patience.toString()),
        systemProperty("itests.patience2")
            .value(Plugins.withVersion(patience, "2.0.0").toString()));
  }

  @Test
  public void runsOnBothVersionsEndWell() throws Exception {
    commands = new CommandLine(context);
    context
        .installBundle(Path.of(System.getProperty("itests.patience")).toUri().toString())
        .start();
    var oldFile = fileToCome();
    var oldRun = begin(oldFile);

    var jar = System.getProperty("itests.patience2");
    var swap = commands.begin(repository(), "bundle", "replace", PLUGIN, jar, "--limit", "1s");
    CommandLine.await("the swap waits", () -> swap.err().contains("waiting for users of"));
    var newFile = fileToCome();
    var newRun = begin(newFile);
    assertEquals("2.0.0", Files.readString(begun(newFile)));
    CommandLine.await("the limit has passed", () -> swap.err().contains("stays in service"));

    assertEquals(swap.toString(), 75, swap.status());
    assertTrue(swap.toString(), swap.err().contains("SWAP_BUSY org.example.patience 1.0.0: "));
    assertTrue(swap.toString(), swap.err().contains(" of patience"));
    Files.createFile(oldFile);
    Files.createFile(newFile);
    assertEquals(oldRun.toString(), 0, oldRun.status());
    assertEquals(newRun.toString(), 0, newRun.status());

    var last = fileToCome();
    Files.createFile(last);
    assertEquals(0, begin(last).status());
    assertEquals("the newest is used", "2.0.0", Files.readString(begun(last)));
    var again = commands.run(repository(), "bundle", "uninstall", PLUGIN);
    assertEquals(again.toString(), 0, again.status());
    assertEquals(
        "one is left",
        1,
        Arrays.stream(context.getBundles())
            .filter(bundle -> PLUGIN.equals(bundle.getSymbolicName()))
            .count());
  }

  private CommandLine.Command begin(Path file) {
    var run = commands.begin(repository(), "run", "patience", "-i", "file=" + file);
    CommandLine.await(
        "the run has begun", () -> begun(file).toFile().length() > 0 || run.hasEnded());
    return run;
  }

  private static Path begun(Path file) {
    return Path.of(file + ".begun");
  }

  private static Path fileToCome() {
    return repository().resolve(Long.toString(System.nanoTime(), 36) + ".go");
  }

  private static Path repository() {
    return Path.of(System.getProperty(WithRepository.REPOSITORY));
  }
}
