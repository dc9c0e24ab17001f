package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.shell.internal.Call;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;

/** {@code gitvan shell}. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "shell", description = "Open the interactive shell")
@Command(
    name = "shell",
    description = {
      "Open the interactive Gogo shell. Verbs are its commands in the scope gitvan, such as"
          + " gitvan:job list; Tab completes.",
      "Leave it with Ctrl-D or exit; a command that is still running is cancelled."
    })
public final class ShellVerb extends VerbSupport implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    var start =
        invocation() instanceof Call call ? call.startShell() : Optional.<Callable<Integer>>empty();
    if (start.isPresent()) {
      return start.get().call();
    }
    throw GitVanException.of(
        Codes.USAGE, "gitvan shell", "this is already the shell", "Type help.");
  }
}
