package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dev.gitvan.cache.CacheRegistry;
import java.nio.file.Files;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** A template engine that goes while what it compiled is kept. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class EngineUnloadingIT {
  @Inject private BundleContext context;

  @Configuration
  public Option[] configuration() throws Exception {
    return WithRepository.options();
  }

  /** Shown to fail when the cache of compiled templates is not emptied as the engine goes. */
  @Test
  public void nothingOfAnEngineThatWentStays() throws Exception {
    var framework = new Framework(context);
    framework.assertWell();
    var loader = useAndUninstall(framework);
    loader.assertCollected(context);
    var outcome = framework.command("template", "list");
    assertEquals(outcome.err(), 0, outcome.status());
  }

  /** In a method of its own, so that no local variable of the test keeps anything. */
  private Unloading useAndUninstall(Framework framework) throws Exception {
    var templates = framework.repository().resolve(".gitvan/templates");
    Files.createDirectories(templates);
    Files.writeString(templates.resolve("part.mustache"), "{{name}}");
    Files.writeString(templates.resolve("page.mustache"), "Hello {{>part}}!");
    for (var name : new String[] {"moon", "sun"}) {
      var outcome = framework.command("template", "render", "page.mustache", "-d", "name=" + name);
      assertEquals(outcome.err(), 0, outcome.status());
      assertEquals("Hello " + name + "!", outcome.out());
    }
    assertTrue("something is kept", compiled(framework) > 0);
    var engine = framework.bundle("dev.gitvan.template.mustache");
    var unloading = new Unloading(engine);
    framework.uninstall(engine);
    assertEquals(0, compiled(framework));
    return unloading;
  }

  private static long compiled(Framework framework) {
    return framework.service(CacheRegistry.class).stats().stream()
        .filter(stats -> stats.cache().equals("templates") && stats.level() == 1)
        .mapToLong(stats -> stats.entries())
        .sum();
  }
}
