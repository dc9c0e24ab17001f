package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * The distribution boots: every bundle resolves and runs, every component is satisfied.
 *
 * <p>Shown to fail with a bundle that is installed and does not resolve, and with the two
 * constructors that a component had for SCR and for tests.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class BootIT {
  @Inject private BundleContext context;
  @Inject private ServiceComponentRuntime components;

  @Configuration
  public Option[] configuration() throws IOException {
    return Distribution.options();
  }

  @Test
  public void everyBundleResolvesAndRuns() {
    context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(null);

    List<String> idle = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      boolean stays =
          bundle.getHeaders("").get("Fragment-Host") != null || Libraries.has(bundle.getLocation());
      int expected = stays ? Bundle.RESOLVED : Bundle.ACTIVE;
      if (bundle.getState() != expected) {
        idle.add(bundle + " is in state " + bundle.getState());
      }
    }
    assertEquals(List.of(), idle);
  }

  @Test
  public void everyComponentIsSatisfied() {
    List<String> unsatisfied = new UnsatisfiedComponents(components).lines();

    assertEquals("", String.join("\n", unsatisfied));
  }

  /**
   * SCR looks for the constructor of a component by the number of its parameters. Of several it may
   * try the wrong one first, depending on the JVM, and log an error.
   */
  @Test
  public void everyComponentHasOneConstructorToBeCreatedWith() throws Exception {
    List<String> ambiguous = new ArrayList<>();
    for (var component : components.getComponentDescriptionDTOs()) {
      if (component.init == 0) {
        continue;
      }
      var type = context.getBundle(component.bundle.id).loadClass(component.implementationClass);
      long candidates =
          Stream.of(type.getConstructors())
              .filter(constructor -> constructor.getParameterCount() == component.init)
              .count();
      if (candidates != 1) {
        ambiguous.add(component.name + " has " + candidates);
      }
    }
    assertEquals("Make the others static methods:", List.of(), ambiguous);
  }
}
