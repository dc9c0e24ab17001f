package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Before;
import org.junit.Test;

/**
 * A component restarts when a service is replaced to which it refers statically, and a run that
 * uses the component fails. Components of the distribution therefore refer statically only to
 * services that stay when a bundle is swapped.
 *
 * <p>Shown to fail with a static reference to a {@code CacheTier} of another bundle, with an entry
 * of the list that no component needs, and with a {@code Git} that is registered directly.
 */
public class StaticReferencesIT {
  private static final String KERNEL = "dev.gitvan.kernel";
  private static final String SHARED =
      "The kernel registers a proxy, which stays when the implementation is swapped.";
  private static final String REGISTRY =
      "The kernel provides it. The kernel is replaced only when nothing runs.";

  /** Interfaces to which any component may refer statically, with the reason. */
  private static final Map<String, String> ALLOWED =
      Map.ofEntries(
          Map.entry("dev.gitvan.cache.CacheRegistry", REGISTRY),
          Map.entry("dev.gitvan.config.Configurations", SHARED),
          Map.entry("dev.gitvan.diagnostics.ErrorCatalog", REGISTRY),
          Map.entry("dev.gitvan.document.Documents", SHARED),
          Map.entry("dev.gitvan.extension.ExtensionRegistry", REGISTRY),
          Map.entry("dev.gitvan.git.Git", SHARED),
          Map.entry("dev.gitvan.git.GitLocks", SHARED),
          Map.entry("dev.gitvan.git.GitObjects", SHARED),
          Map.entry("dev.gitvan.git.GitRefs", SHARED),
          Map.entry("dev.gitvan.job.JobRegistry", REGISTRY),
          Map.entry("dev.gitvan.job.JobRunner", REGISTRY),
          Map.entry("dev.gitvan.job.spi.RunTransactions", SHARED),
          Map.entry("dev.gitvan.metrics.Metrics", SHARED),
          Map.entry("dev.gitvan.process.ProcessLauncher", SHARED),
          Map.entry("dev.gitvan.swap.BundleSwaps", REGISTRY),
          Map.entry("dev.gitvan.template.Templates", SHARED),
          Map.entry("java.util.function.ToIntBiFunction", SHARED),
          Map.entry(
              "org.osgi.service.component.runtime.ServiceComponentRuntime",
              "Felix SCR provides it. No component outlives SCR."));

  private ComponentDescriptions descriptions;

  @Before
  public void read() throws IOException {
    descriptions = ComponentDescriptions.read(Path.of(System.getProperty("gitvan.bundles")));
    assertFalse(descriptions.components().isEmpty());
  }

  @Test
  public void staticReferencesAreToServicesThatStay() {
    List<String> wrong = new ArrayList<>();
    for (var component : descriptions.components()) {
      for (var type : needed(component)) {
        if (!ALLOWED.containsKey(type)) {
          wrong.add(component + " refers statically to " + type);
        }
      }
    }
    assertEquals("Make these references dynamic:", "", String.join("\n", wrong));
  }

  @Test
  public void everyAllowedInterfaceIsNeeded() {
    Set<String> unneeded = new TreeSet<>(ALLOWED.keySet());
    descriptions.components().forEach(component -> unneeded.removeAll(needed(component)));
    assertEquals("Take these out of the list:", Set.of(), unneeded);
  }

  @Test
  public void reasonsHold() {
    assertEquals(Set.of(), without(allowed(SHARED), descriptions.shared()));
    assertEquals(Set.of(), without(allowed(REGISTRY), descriptions.providedBy(KERNEL)));
  }

  @Test
  public void sharedServicesAreRegisteredByTheKernelOnly() {
    Set<String> shared = descriptions.shared();
    List<String> direct = new ArrayList<>();
    for (var component : descriptions.components()) {
      for (var type : component.provided()) {
        if (shared.contains(type) || allowed(SHARED).contains(type)) {
          direct.add(component + " registers " + type);
        }
      }
    }
    assertEquals("Register these as SharedService:", "", String.join("\n", direct));
  }

  /** Interfaces of other bundles to which a component refers statically and cannot do without. */
  private Set<String> needed(ComponentDescriptions.Component component) {
    Set<String> needed = new TreeSet<>();
    for (var reference : component.references()) {
      if (reference.isStatic() && reference.isMandatory()) {
        needed.add(reference.type());
      }
    }
    return without(needed, descriptions.providedBy(component.bundle()));
  }

  private static Set<String> allowed(String reason) {
    Set<String> types = new TreeSet<>(ALLOWED.keySet());
    types.removeIf(type -> !ALLOWED.get(type).equals(reason));
    return types;
  }

  private static Set<String> without(Set<String> types, Set<String> others) {
    Set<String> rest = new TreeSet<>(types);
    rest.removeAll(others);
    return rest;
  }
}
