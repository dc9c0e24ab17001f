package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import dev.gitvan.swap.BundleSwaps;
import dev.gitvan.swap.SwapRequest;
import java.nio.file.Files;
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

/** A third party's step type, template filter and template function, as the user sees them. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ImprintPluginIT {
  private static final String SERVICES =
      "(|(gitvan.template.filter.name=initials)(gitvan.template.function.name=colophon)"
          + "(gitvan.step.type=imprint))";

  @Inject private BundleContext context;

  @Configuration
  public Option[] configuration() throws Exception {
    var imprint = Plugins.built("imprint");
    return WithRepository.options(
        systemProperty("itests.imprint").value(imprint.toString()),
        systemProperty("itests.imprint2").value(Plugins.withVersion(imprint, "2.0.0").toString()));
  }

  @Test
  public void pluginContributesStepTypeFilterAndFunction() throws Exception {
    var framework = new Framework(context);
    framework.assertWell();
    write(
        framework, ".gitvan/templates/page.peb", "{{ name | initials('.') }} {{ colophon('me') }}");
    write(
        framework,
        ".gitvan/templates/page.mustache",
        "{{#filters.initials}}{{name}}{{/filters.initials}}");
    var missing = render(framework, "page.peb");
    assertTrue(missing.err(), missing.err().contains("there is no filter initials"));

    framework.install(Path.of(System.getProperty("itests.imprint")));
    framework.await("the plugin's services", () -> framework.services(SERVICES) == 3);

    // The filter and the function, in both engines; the second output is the kept one.
    assertEquals("A.L. Set by me with imprint 1.0.0", render(framework, "page.peb").out());
    assertEquals("A.L. Set by me with imprint 1.0.0", render(framework, "page.peb").out());
    assertEquals("AL", render(framework, "page.mustache").out());
    write(framework, ".gitvan/templates/wrong.peb", "{{ 7 | initials }}");
    var failed = render(framework, "wrong.peb");
    assertTrue(
        failed.err(),
        failed
            .err()
            .startsWith(
                "TEMPLATE_FAILED wrong.peb:1: filter initials of org.example.imprint 1.0.0 failed:"
                    + " it takes a name, which is a string."));

    // The step type, its schema, and what the schema finds.
    write(framework, ".gitvan/jobs/notice.yaml", "steps: [ { imprint: NOTICE, owner: Ada } ]\n");
    assertEquals(0, framework.command("run", "notice").status());
    assertEquals("© Ada\n", Files.readString(framework.repository().resolve("NOTICE")));
    write(framework, ".gitvan/jobs/wrong.yaml", "steps: [ { imprint: NOTICE, onwer: Ada } ]\n");
    var wrong = framework.command("run", "wrong");
    assertEquals(2, wrong.status());
    assertTrue(
        wrong.err(),
        wrong
            .err()
            .startsWith(
                "CONFIG_UNKNOWN_KEY .gitvan/jobs/wrong.yaml:1:29: there is no key onwer in a step"
                    + " of type imprint. Did you mean owner?"));
    assertTrue(framework.command("config", "schema").out().contains("Who owns the content"));

    // Another version next to it: no output of the old one is taken.
    var request =
        SwapRequest.of(
            SwapRequest.Kind.REPLACE,
            framework.bundle("org.example.imprint"),
            Path.of(System.getProperty("itests.imprint2")));
    framework.service(BundleSwaps.class).swap(request);
    assertEquals("A.L. Set by me with imprint 2.0.0", render(framework, "page.peb").out());
    assertEquals("A.L. Set by me with imprint 2.0.0", render(framework, "page.peb").out());

    framework.uninstall(framework.bundle("org.example.imprint"));
    assertTrue(render(framework, "page.peb").err().contains("there is no filter initials"));
  }

  private static Framework.Outcome render(Framework framework, String template) {
    return framework.command("template", "render", template, "-d", "name=Ada Lovelace");
  }

  private static void write(Framework framework, String path, String text) throws Exception {
    var file = framework.repository().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
