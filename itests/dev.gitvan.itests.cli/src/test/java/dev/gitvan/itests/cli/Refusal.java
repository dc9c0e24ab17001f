package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A line of a table of bad inputs: what is prepared, what is called, and how it must be refused.
 *
 * <p>Checking it checks everything that is the same for all: the exit status of the code, one line
 * on standard error, nothing half-written, refs and index untouched, {@code git fsck} clean.
 */
final class Refusal {
  private final String name;
  private final List<Consumer<Repository>> preparations = new ArrayList<>();
  private final List<String> mentions = new ArrayList<>();
  private List<String> arguments = List.of("run", "sound");
  private String code = "";
  private String place = ".*";
  private boolean mayHaveBegun;

  private Refusal(String name) {
    this.name = name;
  }

  /** A bad input, in words. */
  static Refusal of(String name) {
    return new Refusal(name);
  }

  /** Done to a repository with one commit. */
  Refusal given(Consumer<Repository> preparation) {
    preparations.add(preparation);
    return this;
  }

  Refusal file(String path, String content) {
    return given(repository -> repository.write(path, content));
  }

  Refusal bytes(String path, byte[] content) {
    return given(repository -> repository.write(path, content));
  }

  Refusal link(String path, String target) {
    return given(repository -> repository.link(path, target));
  }

  /** The job {@code j}, and the command that runs it. */
  Refusal job(String yaml) {
    return given(repository -> repository.job("j", yaml)).when("run", "j");
  }

  /** A template {@code t.peb}, which the job {@code sound} renders into {@code out.md}. */
  Refusal template(String text) {
    return given(repository -> repository.template("t.peb", text));
  }

  /** The command, if it is not {@code gitvan run sound}. */
  Refusal when(String... command) {
    arguments = List.of(command);
    return this;
  }

  Refusal gives(String expected) {
    code = expected;
    return this;
  }

  /** The run may have begun before this was found: then it leaves its receipt, which says so. */
  Refusal whileRunning() {
    mayHaveBegun = true;
    return this;
  }

  /** A regular expression for the whole place. */
  Refusal at(String regex) {
    place = regex;
    return this;
  }

  /** What place and message say, among other things. */
  Refusal saying(String... texts) {
    mentions.addAll(List.of(texts));
    return this;
  }

  void check(Path directory) {
    var repository = Repository.withOneCommit(directory);
    repository.template("t.peb", "text\n");
    repository.job("sound", "steps:\n  - { template: t.peb, to: out.md }\n");
    preparations.forEach(preparation -> preparation.accept(repository));
    var before = repository.state();
    var command = new ArrayList<>(arguments);
    if (mayHaveBegun) {
      // Steps that have ended are printed on standard error, too.
      command.add(0, "-q");
    }
    var outcome = repository.run(command.toArray(String[]::new));
    var problem = outcome.refused(code);
    assertThat(problem.place()).as("place\n" + outcome).matches(place);
    var said = problem.place() + ": " + problem.message();
    assertThat(mentions).as("in " + said).allMatch(said::contains);
    if (mayHaveBegun && repository.hasReceipts("HEAD")) {
      before.assertUntouchedButForReceipt();
      var receipt = repository.receipt("HEAD");
      assertThat(receipt).containsEntry("status", "failed");
      assertThat(receipt.get("error")).asInstanceOf(MAP).containsEntry("code", code);
    } else {
      before.assertUntouched();
    }
  }

  @Override
  public String toString() {
    return name + " → " + code;
  }
}
