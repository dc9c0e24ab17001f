package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.ExitStatus;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;

/** {@code gitvan version}. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "version", description = "Print the versions of GitVan, Java and OSGi")
@Command(
    name = "version",
    description = "Print the versions of GitVan, of Java and of the OSGi framework.")
public final class VersionVerb extends VerbSupport implements Callable<Integer> {
  private final BundleContext context;

  @Activate
  public VersionVerb(BundleContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var version = property("gitvan.version", context.getBundle().getVersion().toString());
    var framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    if (framework == null) {
      framework = context.getBundle(0);
    }
    var java = System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
    var osgi = framework.getSymbolicName() + " " + framework.getVersion();
    if (console().json()) {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("version", version);
      fields.put("java", System.getProperty("java.version"));
      fields.put("javaVendor", System.getProperty("java.vendor"));
      fields.put("framework", osgi);
      console().json("gitvan.version.v1", fields);
    } else {
      console().out().println("gitvan " + version);
      console().out().println("java " + java);
      console().out().println("framework " + osgi);
    }
    return ExitStatus.OK;
  }

  private String property(String name, String otherwise) {
    var value = context.getProperty(name);
    return value == null ? otherwise : value;
  }
}
