package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The interactive shell, typed at on a real terminal. */
class ShellIT {
  @TempDir Path directory;

  /**
   * A dumb terminal has no completion: {@code li<Tab>} would stay {@code li}.
   *
   * <p>Aimed at gogo.jline started with the launcher's class loader as the thread's. Not yet tried
   * on such a build.
   */
  @Test
  void completesAndRunsVerbsAndFrameworkCommands() {
    var repository = Repository.withOneCommit(directory);
    repository.template("t.peb", "text\n");
    repository.job(
        "greet", "description: Say hello\nsteps:\n  - { template: t.peb, to: out.md }\n");
    try (var shell = open(repository)) {
      shell.expect("gitvan> ");
      shell.type("gitvan:jo\t").expect("gitvan:job");
      shell.type("li\t").expect("list").type("\r").expect("Say hello").expect("gitvan> ");
      shell.type("gitvan:run gre\t").expect("greet").type("\r").expect("out.md").expect("gitvan> ");
      shell.type("gitvan:perf stats\r").expect("job.run").expect("gitvan> ");
      shell.type("lb\r").expect("GitVan kernel").expect("gitvan> ");
      shell.type("job list\r").expect("Say hello").expect("gitvan> ");
      shell.type("gitvan:run nothing\r").expect("JOB_NOT_FOUND").expect("gitvan> ");
      shell.type("exit\r");
      assertThat(shell.end()).as(shell.screen()).isZero();
      assertThat(shell.screen()).doesNotContain("Exception", "\tat ");
    }
    assertThat(repository.receipt("HEAD")).containsEntry("job", "greet");
  }

  /** Ctrl-C at the prompt forgets the line, in a command ends the command; Ctrl-D leaves. */
  @Test
  void interruptsAndEnds() {
    var repository = Repository.withOneCommit(directory);
    repository.job("sleep", "steps:\n  - run: [\"sh\", \"-c\", \"echo asleep; sleep 600\"]\n");
    try (var shell = open(repository)) {
      // Once a command has run, the line editor has the terminal; before, the terminal echoes
      // itself.
      shell.expect("gitvan> ").type("gitvan:version\r").expect("0.1.0").expect("gitvan> ");
      shell.type("gitvan:nonsense").expect("nonsense");
      shell.type("\u0003").expect("gitvan> ");
      shell.type("gitvan:run sleep\r").expect("asleep").type("\u0003").expect("INTERRUPTED");
      shell.type("gitvan:version\r").expect("0.1.0").expect("gitvan> ");
      shell.type("\u0004");
      assertThat(shell.end()).as(shell.screen()).isZero();
    }
  }

  /** Without a terminal it is a script of commands. */
  @Test
  void readsCommandsFromAPipe() {
    var repository = Repository.withOneCommit(directory);
    var outcome = repository.gitvan().withInput("gitvan:version\n").run("shell").ok();
    assertThat(outcome.out()).contains("0.1.0").doesNotContain("\u001b");
  }

  private static Pty open(Repository repository) {
    return repository.gitvan().onTerminal("shell");
  }
}
