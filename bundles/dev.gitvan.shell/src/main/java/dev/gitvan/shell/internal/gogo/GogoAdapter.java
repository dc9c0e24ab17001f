package dev.gitvan.shell.internal.gogo;

import dev.gitvan.shell.internal.VerbRegistry;
import dev.gitvan.shell.internal.VerbRunner;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntBiFunction;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Gives the verbs to a Gogo when there is one. Looks for it by name and not by a reference: without
 * an interactive shell there is none, its classes are not loaded, and nothing is amiss.
 */
@Component(service = GogoAdapter.class, immediate = true)
public final class GogoAdapter implements ServiceTrackerCustomizer<Object, GogoCommands> {
  private static final String PROCESSOR = "org.apache.felix.service.command.CommandProcessor";

  private final BundleContext context;
  private final VerbRegistry verbs;
  private final VerbRunner runner;
  private final CommandLine commandLine;
  private final ShellProcess shell;
  private final ServiceTracker<Object, GogoCommands> tracker;

  @Activate
  public GogoAdapter(
      BundleContext context,
      @Reference VerbRegistry verbs,
      @Reference VerbRunner runner,
      @Reference(target = "(gitvan.command.line=true)")
          ToIntBiFunction<List<String>, Map<String, Object>> commandLine,
      @Reference ShellProcess shell) {
    this.context = context;
    this.verbs = verbs;
    this.runner = runner;
    this.commandLine = commandLine::applyAsInt;
    this.shell = shell;
    this.tracker = new ServiceTracker<>(context, PROCESSOR, this);
  }

  @Activate
  void open() {
    tracker.open();
  }

  @Deactivate
  void close() {
    tracker.close();
  }

  @Override
  public GogoCommands addingService(ServiceReference<Object> reference) {
    var commands = new GogoCommands(context, verbs, runner, commandLine, shell);
    commands.open();
    return commands;
  }

  @Override
  public void modifiedService(ServiceReference<Object> reference, GogoCommands commands) {
    // Its properties do not matter.
  }

  @Override
  public void removedService(ServiceReference<Object> reference, GogoCommands commands) {
    commands.close();
  }
}
