package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept between commands, and within a shell, as a user sees it. */
class GuideCachesIT {
  @TempDir Path directory;

  @Test
  void anOutputIsRenderedOnceHoweverManyCommandsWantIt() {
    var repository = Repository.withOneCommit(directory);
    repository.template("part.peb", "on {{ git.branch }}");
    repository.template("page.peb", "{{ title }} {% include 'part.peb' %}\n");
    var args = new String[] {"-v", "template", "render", "page.peb", "-d", "title=One"};

    var first = repository.gitvan().run(args).ok();
    assertThat(first.out()).isEqualTo("One on main\n");
    assertThat(first.err()).contains("page.peb: rendered");
    var second = repository.gitvan().run(args).ok();
    assertThat(second.out()).isEqualTo("One on main\n");
    assertThat(second.err()).contains("page.peb: cached (git)");

    // Whatever it depends on changes, it is rendered again.
    repository.template("part.peb", "at {{ git.branch }}");
    assertThat(repository.gitvan().run(args).ok().out()).isEqualTo("One at main\n");
    repository.sandbox().git("checkout", "-q", "-b", "side");
    assertThat(repository.gitvan().run(args).ok().out()).isEqualTo("One at side\n");
    repository.sandbox().git("checkout", "-q", "main");
    var back = repository.gitvan().run(args).ok();
    assertThat(back.out()).isEqualTo("One at main\n");
    assertThat(back.err()).contains("cached (git)");
    assertThat(repository.sandbox().git("fsck", "--strict", "--no-dangling")).isEmpty();

    repository.write("gitvan.yaml", "templates: { cache: false }\n");
    assertThat(repository.gitvan().run(args).ok().err()).contains("page.peb: rendered");
  }

  @Test
  void stepsAndJsonSayThatNothingWasRendered() {
    var repository = Repository.withOneCommit(directory);
    repository.template("page.peb", "{{ inputs.n }}\n");
    repository.job(
        "page",
        "inputs: { n: 1 }\n"
            + "steps:\n  - { template: page.peb, to: out.txt, force: overwrite }\n");
    try (var shell = repository.gitvan().onTerminal("shell")) {
      shell.expect("gitvan> ");
      shell.type("gitvan:run page\r").expect("wrote out.txt").expect("gitvan> ");
      shell.type("gitvan:run page\r").expect("up to date (cached)").expect("gitvan> ");
      repository.write("out.txt", "by hand");
      shell.type("gitvan:run page\r").expect("wrote out.txt (cached)").expect("gitvan> ");
      shell.type("exit\r");
      assertThat(shell.end()).as(shell.screen()).isZero();
    }
    assertThat(repository.sandbox().git("for-each-ref", "refs/gitvan"))
        .as("a run keeps nothing in the repository")
        .isEmpty();

    repository.template("plain.peb", "plain\n");
    for (var cached : new boolean[] {false, true}) {
      assertThat(
              repository
                  .run("--json", "template", "render", "plain.peb", "--out", "plain.txt")
                  .json("gitvan.output.v1"))
          .containsEntry("cached", cached);
    }
  }

  @Test
  void dryRunsLeaveNoCache() {
    var repository = Repository.withOneCommit(directory);
    repository.template("page.peb", "text\n");
    repository.job("page", "steps:\n  - { template: page.peb, to: out.txt }\n");
    repository.run("run", "--dry-run", "page").ok();
    assertThat(repository.sandbox().git("for-each-ref", "refs/gitvan")).isEmpty();
  }

  @Test
  void tellsOnRequestWhatTemplatesDo() {
    var repository = Repository.withOneCommit(directory);
    repository.template("page.peb", "{{ title }}\n");
    var gitvan = repository.gitvan().with("GITVAN_DEBUG_TEMPLATES", "true");
    var args = new String[] {"template", "render", "page.peb", "-d", "title=Secret"};

    assertThat(gitvan.run(args).ok().err().lines())
        .hasSize(2)
        .allMatch(line -> line.matches("templates: (compiled|rendered) page.peb in [0-9.]+ ms"));
    var again = gitvan.run(args).ok();
    assertThat(again.err().strip()).isEqualTo("templates: rendered page.peb: hit in git");
    assertThat(again.out()).isEqualTo("Secret\n");
    assertThat(repository.gitvan().run(args).ok().err()).isEmpty();
  }

  /** A shell that has seen a good configuration goes on with it, and says why. */
  @Test
  void aShellKeepsTheLastGoodConfiguration() {
    var repository = Repository.withOneCommit(directory);
    repository.write("gitvan.yaml", "queue: { concurrency: 7 }\n");
    try (var shell = repository.gitvan().onTerminal("shell")) {
      shell.expect("gitvan> ");
      shell.type("gitvan:config show\r").expect("queue.concurrency").expect("gitvan> ");
      repository.write("gitvan.yaml", "queue: { concurency: 8 }\n");
      shell.type("gitvan:job list\r").expect("CONFIG_UNKNOWN_KEY").expect("last valid");
      shell.expect("gitvan> ");
      repository.write("gitvan.yaml", "queue: { concurrency: 9 }\n");
      shell.type("gitvan:config show\r").expect("9").expect("gitvan> ");
      shell.type("exit\r");
      assertThat(shell.end()).as(shell.screen()).isZero();
    }
    repository.write("gitvan.yaml", "queue: {\n");
    repository.run("job", "list").refused("CONFIG_PARSE");
  }
}
