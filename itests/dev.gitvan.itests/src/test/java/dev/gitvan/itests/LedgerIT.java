package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.home.GitVanHome;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.JobRunner;
import dev.gitvan.job.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** A third party's run store. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class LedgerIT {
  private static final String JOB = "steps:\n  - run: echo done\n";

  @Inject private BundleContext context;

  @Configuration
  public Option[] configuration() throws Exception {
    return WithRepository.options(
        systemProperty("itests.ledger").value(Plugins.built("ledger").toString()));
  }

  @Test
  public void theUserChoosesWhoKeepsRuns() throws Exception {
    var framework = new Framework(context);
    framework.assertWell();
    var jobs = Files.createDirectories(framework.repository().resolve(".gitvan/jobs"));
    Files.writeString(jobs.resolve("kept.yaml"), JOB);
    var home = GitVanHome.of(context::getProperty);
    var settings = Files.createDirectories(home.config()).resolve("gitvan.yaml");
    var ledger = home.state().resolve("ledger.jsonl");
    Files.deleteIfExists(ledger);
    Files.writeString(settings, "queue: { store: ledger }\n");
    try {
      assertEquals(Codes.SERVICE_MISSING.name(), Framework.code(() -> submit(framework, "k")));
      var plugin = framework.install(Path.of(System.getProperty("itests.ledger")));
      framework.await("the store", () -> Framework.code(() -> runner(framework).list()).isEmpty());

      var first = submit(framework, "k");
      Framework.end(first);
      var again = submit(framework, "k");
      assertTrue(again.existing());
      assertEquals(first.id(), again.id());
      assertEquals(RunState.ENDED, runner(framework).find(first.id()).orElseThrow().state());
      assertEquals(List.of(first.id()), runner(framework).list().stream().map(JobRun::id).toList());
      var lines = Files.readAllLines(ledger);
      assertEquals(3, lines.size());
      lines.forEach(
          line -> {
            assertTrue(line, line.contains(first.id()));
            assertFalse(line, line.contains("confidential"));
          });

      framework.uninstall(plugin);
      assertEquals(Codes.SERVICE_MISSING.name(), Framework.code(() -> submit(framework, "k")));
      Files.delete(settings);
      assertFalse(submit(framework, "k").existing());
    } finally {
      Files.deleteIfExists(settings);
    }
  }

  private static JobRunner runner(Framework framework) {
    return framework.service(JobRunner.class);
  }

  private static JobRun submit(Framework framework, String key) {
    return runner(framework)
        .submit(
            JobOrder.builder(framework.worktree(), "kept")
                .environment(Map.of("TOKEN", "confidential"))
                .key(key)
                .build());
  }
}
