package dev.gitvan.shell.internal.completion;

import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Invocation;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.shell.internal.VerbRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;

/** {@code gitvan completion}. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "completion", description = "Print a completion script for bash, zsh or fish")
@Command(
    name = "completion",
    description = {
      "Print a completion script for a shell. It includes the verbs of plugins.",
      "The help of each subcommand explains where to put its output."
    })
public final class CompletionVerb implements Verb {
  private final VerbRegistry verbs;
  private Invocation invocation;

  @Activate
  public CompletionVerb(@Reference VerbRegistry verbs) {
    this.verbs = verbs;
  }

  @Override
  public void begin(Invocation given) {
    invocation = given;
  }

  @Command(
      name = "bash",
      description = {
        "Print the script for bash.",
        "Write it to where bash-completion looks for it:",
        "  gitvan completion bash > ~/.local/share/bash-completion/completions/gitvan",
        "or into ~/.bashrc: source <(gitvan completion bash)"
      })
  int bash() {
    return print(CompletionScripts.bash(model()));
  }

  @Command(
      name = "zsh",
      description = {"Print the script for zsh.", "Write it to a folder of $fpath, as _gitvan."})
  int zsh() {
    return print(CompletionScripts.zsh(model()));
  }

  @Command(
      name = "fish",
      description = {
        "Print the script for fish.",
        "Write it to where fish looks for it:",
        "  gitvan completion fish > ~/.config/fish/completions/gitvan.fish"
      })
  int fish() {
    return print(CompletionScripts.fish(model()));
  }

  private CommandModel model() {
    return CommandModels.of(verbs);
  }

  private int print(String script) {
    invocation.console().out().print(script);
    invocation.console().out().flush();
    return ExitStatus.OK;
  }
}
