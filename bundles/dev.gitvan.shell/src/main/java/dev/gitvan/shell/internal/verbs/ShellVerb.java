package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.shell.internal.Call;
import dev.gitvan.shell.internal.gogo.ShellProcess;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
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
      "Leave it with Ctrl-D or exit; a command that is still running is cancelled.",
      "Commands that are piped into it run one after the other; the exit status is that of the first"
          + " one that fails."
    })
public final class ShellVerb extends VerbSupport implements Callable<Integer> {
  private final ShellProcess shell;

  @Activate
  public ShellVerb(@Reference ShellProcess shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    var start =
        invocation() instanceof Call call ? call.startShell() : Optional.<Callable<Integer>>empty();
    if (start.isPresent()) {
      shell.open(environment());
      int status = start.get().call();
      return status == ExitStatus.OK ? shell.exitStatus() : status;
    }
    throw GitVanException.of(
        Codes.USAGE, "gitvan shell", "this is already the shell", "Type help.");
  }

  /** The commands of a shell without colours have none either. */
  private Map<String, String> environment() {
    var environment = new HashMap<>(invocation().environment());
    if (invocation() instanceof Call call && call.isColorless()) {
      environment.put("NO_COLOR", "1");
    }
    return environment;
  }
}
