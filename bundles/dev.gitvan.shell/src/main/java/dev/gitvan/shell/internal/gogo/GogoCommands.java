package dev.gitvan.shell.internal.gogo;

import dev.gitvan.home.GitVanHome;
import dev.gitvan.shell.internal.VerbRegistry;
import dev.gitvan.shell.internal.VerbRunner;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.TreeSet;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/**
 * Every verb as a Gogo command in the scope {@code gitvan}; one that comes or goes does so here.
 */
final class GogoCommands implements AutoCloseable {
  private static final String SCOPE = "gitvan";
  private static final String EXIT = "exit";

  private final BundleContext context;
  private final VerbRegistry verbs;
  private final VerbRunner runner;
  private final CommandLine commandLine;
  private final ShellProcess shell;
  private final Runnable listener = this::update;
  private final Map<String, ServiceRegistration<Function>> commands = new HashMap<>();
  private boolean open = true;

  GogoCommands(
      BundleContext context,
      VerbRegistry verbs,
      VerbRunner runner,
      CommandLine commandLine,
      ShellProcess shell) {
    this.context = context;
    this.verbs = verbs;
    this.runner = runner;
    this.commandLine = commandLine;
    this.shell = shell;
  }

  void open() {
    verbs.addListener(listener);
    var completion =
        new GogoCompletion(verbs, commandLine, shell, GitVanHome.of(context::getProperty).state());
    var words = new ShellWords(runner, commandLine, shell, new BundleCommands(context));
    synchronized (this) {
      register(
          "_setup",
          (session, arguments) -> {
            words.addTo(session);
            greet(session);
            return completion.setUp(session, arguments);
          });
      register("_arguments", completion::arguments);
      register("_offers", completion::offers);
      register(EXIT, (session, arguments) -> exit());
    }
    update();
  }

  /** A script neither needs the banner nor sees a prompt. */
  private void greet(CommandSession session) {
    if (!shell.isTerminal('i')) {
      session.put("prompt", "");
    } else if (shell.isTerminal('o')) {
      session
          .getConsole()
          .println(
              "GitVan "
                  + context.getProperty("gitvan.version")
                  + ". Type help for the commands; exit or Ctrl-D leaves.");
    }
  }

  @Override
  public synchronized void close() {
    verbs.removeListener(listener);
    open = false;
    commands.values().forEach(ServiceRegistration::unregister);
    commands.clear();
  }

  /** Leaves the shell: without the framework there is none. */
  private Object exit() throws BundleException {
    context.getBundle(Constants.SYSTEM_BUNDLE_ID).stop();
    return null;
  }

  private synchronized void update() {
    if (!open || !verbs.isSettled()) {
      // What a swap takes away it gives back; this is called again when it has ended.
      return;
    }
    var names = new TreeSet<String>();
    verbs.present().forEach(entry -> names.add(entry.name()));
    for (var name : names) {
      if (!commands.containsKey(name)) {
        register(name, new VerbFunction(name, commandLine, shell));
      }
    }
    commands
        .entrySet()
        .removeIf(
            command -> {
              boolean gone = !isOwn(command.getKey()) && !names.contains(command.getKey());
              if (gone) {
                command.getValue().unregister();
              }
              return gone;
            });
  }

  /** Commands that are no verbs. */
  private static boolean isOwn(String name) {
    return name.startsWith("_") || name.equals(EXIT);
  }

  private void register(String name, Function function) {
    var properties = new Hashtable<String, Object>();
    properties.put(CommandProcessor.COMMAND_SCOPE, SCOPE);
    properties.put(CommandProcessor.COMMAND_FUNCTION, name);
    commands.put(name, context.registerService(Function.class, function, properties));
  }
}
