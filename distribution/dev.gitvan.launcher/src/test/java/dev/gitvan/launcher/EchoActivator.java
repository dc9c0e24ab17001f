package dev.gitvan.launcher;

import java.io.PrintStream;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/**
 * Takes the command line in the tests: prints the arguments and returns their number. {@code
 * report} prints the launcher's report instead, {@code home} the framework property of the state
 * directory.
 */
public final class EchoActivator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    ToIntBiFunction<List<String>, Map<String, Object>> echo =
        (arguments, call) -> {
          var out = (PrintStream) call.get("out");
          switch (arguments.get(0)) {
            case "report" -> printReport(context, out);
            case "home" -> out.println(context.getProperty("gitvan.home.state"));
            default -> out.println(arguments);
          }
          return arguments.size();
        };
    var properties = new Hashtable<String, Object>();
    properties.put("gitvan.command.line", true);
    context.registerService(ToIntBiFunction.class, echo, properties);
  }

  private static void printReport(BundleContext context, PrintStream out) {
    try {
      var references =
          context.getServiceReferences(Supplier.class.getName(), "(gitvan.launch.report=true)");
      var report = (Map<?, ?>) ((Supplier<?>) context.getService(references[0])).get();
      ((Map<?, ?>) report.get("unreadable"))
          .forEach((file, reason) -> out.println(file + " " + reason));
      ((Map<?, ?>) report.get("failures"))
          .forEach((id, trace) -> out.println("failed " + name(context, id) + ": " + trace));
      ((Set<?>) report.get("idle")).forEach(id -> out.println("idle " + name(context, id)));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(BundleContext context, Object id) {
    return context.getBundle((Long) id).getSymbolicName();
  }

  @Override
  public void stop(BundleContext context) {}
}
