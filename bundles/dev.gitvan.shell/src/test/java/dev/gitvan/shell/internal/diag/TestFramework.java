package dev.gitvan.shell.internal.diag;

import dev.gitvan.testkit.FakeExtensionPoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.Felix;
import org.apache.felix.scr.info.ScrInfo;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** A framework with Declarative Services, and bundles that tests make up. */
public final class TestFramework implements AutoCloseable {
  private static final String SHARED =
      "org.osgi.service.component;version=1.5,"
          + "org.osgi.service.component.runtime;version=1.5,"
          + "org.osgi.service.component.runtime.dto;version=1.5,"
          + "org.osgi.util.promise;version=1.3,"
          + "org.osgi.util.function;version=1.2,"
          + "dev.gitvan.job.spi;version=1.0,"
          + "dev.gitvan.shell.internal.diag.parts";

  private final Felix framework;

  public TestFramework(Path storage) throws BundleException {
    framework =
        new Felix(
            new HashMap<>(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    storage.toString(),
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    SHARED,
                    "felix.log.level",
                    "0",
                    "ds.loglevel",
                    "0")));
    framework.start();
    var scr = ScrInfo.class.getProtectionDomain().getCodeSource().getLocation();
    framework.getBundleContext().installBundle(scr.toString()).start();
  }

  public BundleContext context() {
    return framework.getBundleContext();
  }

  public ServiceComponentRuntime components() {
    var reference = context().getServiceReference(ServiceComponentRuntime.class);
    return context().getService(reference);
  }

  /** The health checks of a system without any. */
  public static HealthChecks noHealthChecks() {
    return new HealthChecks(new FakeExtensionPoint<>(), Duration.ofSeconds(1));
  }

  /** Installs a jar file that is not a bundle. */
  void installPlainJar(String name) {
    install(name, new Manifest());
  }

  /** Installs a bundle of version 1.0.0 with these headers and component descriptions. */
  Bundle install(String name, Map<String, String> headers, String... components) {
    var manifest = new Manifest();
    var main = manifest.getMainAttributes();
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Bundle-Version", "1.0.0");
    headers.forEach(main::putValue);
    if (components.length > 0) {
      main.putValue("Service-Component", "OSGI-INF/*.xml");
    }
    return install(name, manifest, components);
  }

  private Bundle install(String name, Manifest manifest, String... components) {
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    var bytes = new ByteArrayOutputStream();
    try (var jar = new JarOutputStream(bytes, manifest)) {
      for (int i = 0; i < components.length; i++) {
        jar.putNextEntry(new JarEntry("OSGI-INF/" + i + ".xml"));
        jar.write(components[i].getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      return context().installBundle("test:" + name, new ByteArrayInputStream(bytes.toByteArray()));
    } catch (BundleException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts a bundle, resolved or not. */
  static void start(Bundle bundle) {
    try {
      bundle.start();
    } catch (BundleException e) {
      // The test is about what is reported of it.
    }
  }

  /** A component that provides a service of one interface and needs others. */
  static String component(Class<?> type, String provides, String... needs) {
    var references = new StringBuilder();
    for (var need : needs) {
      references.append("<reference name='%s' interface='%s' bind='bind'/>".formatted(need, need));
    }
    return """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%s">
          <property name="gitvan.job.name" value="%s"/>
          <implementation class="%s"/>
          <service><provide interface="%s"/></service>
          %s
        </scr:component>
        """
        .formatted(
            type.getSimpleName(),
            type.getSimpleName().toLowerCase(java.util.Locale.ROOT),
            type.getName(),
            provides,
            references);
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(10_000);
  }
}
