package dev.gitvan.launcher;

import java.io.PrintStream;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntBiFunction;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Takes the command line in the tests: prints the arguments and returns their number. */
public final class EchoActivator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    ToIntBiFunction<List<String>, Map<String, Object>> echo =
        (arguments, call) -> {
          ((PrintStream) call.get("out")).println(arguments);
          return arguments.size();
        };
    var properties = new Hashtable<String, Object>();
    properties.put("gitvan.command.line", true);
    context.registerService(ToIntBiFunction.class, echo, properties);
  }

  @Override
  public void stop(BundleContext context) {}
}
