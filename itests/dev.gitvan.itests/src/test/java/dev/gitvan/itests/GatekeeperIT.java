package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import dev.gitvan.event.Condition;
import dev.gitvan.event.ConditionEvaluator;
import dev.gitvan.event.Event;
import dev.gitvan.event.spi.EventPredicate;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.HookRegistry;
import dev.gitvan.hook.HookReport;
import dev.gitvan.hook.spi.Hook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
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

/** A third party's hook point, hook source and event predicate. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class GatekeeperIT {
  @Inject private BundleContext context;

  @Configuration
  public Option[] configuration() throws Exception {
    return WithRepository.options(
        systemProperty("itests.gatekeeper").value(Plugins.built("gatekeeper").toString()));
  }

  @Test
  public void pointSourceAndPredicateWorkWhileThePluginIsInstalled() throws Exception {
    var framework = new Framework(context);
    framework.assertWell();
    var properties = new Hashtable<String, Object>();
    properties.put("gitvan.hook.name", "tested");
    properties.put("gitvan.hook.on", "release:befor");
    properties.put("gitvan.hook.before", "gatekeeper");
    Hook hook = event -> HookOutcome.fixed(List.of("CHANGELOG.md"));
    var tested = context.registerService(Hook.class, hook, properties);

    // A hook at a point that is not installed, or misspelt.
    assertEquals("HOOK_NOT_FOUND", Framework.code(() -> fire(framework)));
    assertDiag(framework, "there is no hook point release:befor.");
    var plugin = framework.install(Path.of(System.getProperty("itests.gatekeeper")));
    framework.await("the point", () -> Framework.code(() -> fire(framework)).isEmpty());
    assertDiag(framework, "Did you mean release:before?");
    properties.put("gitvan.hook.on", "release:before");
    tested.setProperties(properties);
    assertEquals(0, framework.command("diag").status());

    // One chain of a bundle's hook and of the hooks that the worktree's file defines.
    var file = framework.repository().resolve(".gatekeeper");
    Files.writeString(file, "no-release release:before FREEZE\nno-push pre-push FREEZE\n");
    Files.createFile(framework.repository().resolve("FREEZE"));
    var report = fire(framework);
    assertEquals(
        List.of("tested", "no-release"),
        report.answers().stream().map(HookReport.Answer::hook).toList());
    assertEquals(HookOutcome.vetoed("FREEZE exists"), report.stoppedBy().orElseThrow().outcome());
    assertTrue(report.fixedFiles().contains("CHANGELOG.md"));
    Files.delete(framework.repository().resolve("FREEZE"));
    assertTrue(fire(framework).stoppedBy().isEmpty());
    assertEquals(
        2,
        framework.service(HookRegistry.class).list(framework.worktree(), null).stream()
            .filter(listing -> listing.origin().startsWith(".gatekeeper"))
            .count());

    // A file that cannot be read lets nothing pass.
    Files.writeString(file, "no-release\n");
    var spoilt = (HookOutcome.Failed) fire(framework).stoppedBy().orElseThrow().outcome();
    assertEquals("GATEKEEPER_SYNTAX", spoilt.problem().code().name());

    var predicate = framework.service(EventPredicate.class);
    var fired = new Event.HookFired(event(framework));
    var condition = new Condition.Contributed("large-change", Map.of("files", 3L));
    assertFalse(
        new ConditionEvaluator(Map.of("large-change", predicate))
            .evaluate(condition, fired)
            .holds());

    framework.uninstall(plugin);
    assertEquals("HOOK_NOT_FOUND", Framework.code(() -> fire(framework)));
    assertDiag(framework, "there is no hook point release:before.");
    tested.unregister();
    assertEquals(0, framework.command("diag").status());
  }

  private static void assertDiag(Framework framework, String line) {
    var diag = framework.command("diag");
    assertEquals(diag.out(), 1, diag.status());
    assertTrue(diag.out(), diag.out().contains(line));
  }

  private static HookReport fire(Framework framework) {
    return framework.service(HookRegistry.class).fire(event(framework));
  }

  private static HookEvent event(Framework framework) {
    return new HookEvent(
        "release:before", framework.worktree(), Map.of("version", "1.0"), HookEvent.DEFAULT_LIMIT);
  }
}
