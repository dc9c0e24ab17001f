package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.nio.file.Path;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** {@code gitvan diag} on a system in which something is wrong. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class DiagnosisIT {
  @Inject private BundleContext context;

  @Configuration
  public Option[] configuration() throws Exception {
    return WithRepository.options(
        systemProperty("itests.waiting").value(Plugins.unsatisfied().toString()));
  }

  /** What waits for something is reported, with what it waits for; afterwards all is well again. */
  @Test
  public void unsatisfiedComponentIsTold() throws Exception {
    var framework = new Framework(context);
    framework.assertWell();
    assertEquals(0, framework.command("diag").status());
    var waiting = framework.install(Path.of(System.getProperty("itests.waiting")));
    try {
      var outcome = framework.command("diag");
      assertEquals(outcome.out(), 1, outcome.status());
      assertTrue(outcome.out(), outcome.out().contains("org.example.waiting.Component"));
      assertTrue(outcome.out(), outcome.out().contains("org.example.Moon"));
    } finally {
      framework.uninstall(waiting);
    }
    assertEquals(0, framework.command("diag").status());
  }
}
