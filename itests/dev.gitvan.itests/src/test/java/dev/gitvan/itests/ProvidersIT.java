package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRunner;
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

/**
 * Providers that go away while the system runs: a code that says what is missing, then recovery.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ProvidersIT {
  @Inject private BundleContext context;

  @Configuration
  public Option[] configuration() throws Exception {
    return WithRepository.options();
  }

  /**
   * Shown to fail while a job that had been read without the engine was kept as broken: it stayed
   * so after the engine had come back.
   */
  @Test
  public void withoutTheTemplateEngine() throws Exception {
    var framework = new Framework(context);
    framework.assertWell();
    var engine = framework.bundle("dev.gitvan.template.pebble");
    engine.stop();
    try {
      var outcome = framework.command("-q", "run", "render");
      assertEquals(outcome.err(), 2, outcome.status());
      assertEquals("TEMPLATE_NO_ENGINE", outcome.err().split(" ")[0]);
    } finally {
      engine.start();
    }
    assertRecovers(framework);
  }

  @Test
  public void withoutGit() throws Exception {
    var framework = new Framework(context);
    framework.assertWell();
    var worktree = framework.worktree();
    var git = framework.bundle("dev.gitvan.git.jgit");
    git.stop();
    try {
      var runner = framework.service(JobRunner.class);
      var code =
          Framework.code(
              () -> {
                try {
                  var receipt = Framework.end(runner.submit(JobOrder.of(worktree, "commit")));
                  if (receipt.error() != null) {
                    throw receipt.error().toException();
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      assertEquals("NO_TRANSACTION", code);
      var outcome = framework.command("-q", "run", "commit");
      assertEquals(outcome.err(), 2, outcome.status());
      assertTrue(
          outcome.err(),
          outcome.err().matches("REPO_UNSUPPORTED \\S+: no working bundle reads Git [^\n]*\n"));
    } finally {
      git.start();
    }
    assertRecovers(framework);
  }

  /** Measuring is mandatory for nearly everything, and everything comes back with it. */
  @Test
  public void withoutMetrics() throws Exception {
    var framework = new Framework(context);
    framework.assertWell();
    var metrics = framework.bundle("dev.gitvan.metrics");
    metrics.stop();
    metrics.start();
    assertRecovers(framework);
  }

  /** The kernel itself may be restarted. */
  @Test
  public void withoutTheKernel() throws Exception {
    var framework = new Framework(context);
    framework.assertWell();
    var kernel = framework.bundle("dev.gitvan.kernel");
    kernel.stop();
    kernel.start();
    assertRecovers(framework);
  }

  private static void assertRecovers(Framework framework) throws Exception {
    framework.assertWell();
    var receipt = framework.run("render", Map.of());
    assertEquals(String.valueOf(receipt.error()), "ok", receipt.status().toString());
    var outcome = framework.command("-q", "run", "render");
    assertEquals(outcome.err(), 0, outcome.status());
  }
}
