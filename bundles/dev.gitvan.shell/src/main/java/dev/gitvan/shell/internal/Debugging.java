package dev.gitvan.shell.internal;

import dev.gitvan.diagnostics.DebugLines;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** What a caller wants to know of parts of the system, for as long as the call lasts. */
record Debugging(List<ServiceRegistration<DebugLines>> registrations) implements AutoCloseable {
  private static final List<String> PARTS = List.of("templates", "git", "memory");

  /**
   * Listens for what the caller's {@code GITVAN_DEBUG_TEMPLATES} and the like name.
   *
   * @param context null: nobody can be listened to
   * @param out takes the lines
   */
  static Debugging of(BundleContext context, Map<String, String> environment, PrintStream out) {
    var registrations = new ArrayList<ServiceRegistration<DebugLines>>();
    for (var part : PARTS) {
      var variable = "GITVAN_DEBUG_" + part.toUpperCase(Locale.ROOT);
      if (context != null && "true".equals(environment.get(variable))) {
        var properties = new Hashtable<String, Object>();
        properties.put(DebugLines.PART, part);
        DebugLines lines =
            line -> {
              out.println(line);
              out.flush();
            };
        registrations.add(context.registerService(DebugLines.class, lines, properties));
      }
    }
    return new Debugging(registrations);
  }

  @Override
  public void close() {
    registrations.forEach(ServiceRegistration::unregister);
  }
}
