package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs can do, each read back with Git. */
class RunFeaturesIT {
  private static final String COMMITS =
      """
      steps:
        - { template: t.peb, to: out.md }
        - commit: { message: "docs: out", paths: [out.md] }
      """;

  @TempDir Path directory;

  @Test
  void fromASubdirectoryAndFromElsewhere() throws IOException {
    var repository = prepared();
    var below = Files.createDirectories(repository.file("src/deep"));
    repository.gitvan().at(below).run("run", "commits").ok();
    assertThat(repository.file("out.md")).exists();
    repository.template("t.peb", "again\n");
    repository
        .gitvan()
        .at(repository.sandbox().home())
        .run("--repo", repository.root().toString(), "run", "commits")
        .ok();
    assertThat(repository.git("rev-list", "--count", "HEAD")).isEqualTo("3");
    assertThat(below).isEmptyDirectory();
  }

  /** A linked worktree has its own HEAD, index and files; the receipts are the repository's. */
  @Test
  void linkedWorktree() throws IOException {
    var repository = prepared();
    repository.git("add", ".gitvan");
    repository.git("commit", "-q", "-m", "Add jobs");
    var main = repository.head();
    var linked = directory.toRealPath().resolve("linked");
    repository.git("worktree", "add", "-q", "-b", "side", linked.toString());
    var there = Repository.of(repository.sandbox().at(linked));
    there.run("run", "commits").ok();
    assertThat(repository.head()).isEqualTo(main);
    assertThat(repository.file("out.md")).doesNotExist();
    assertThat(there.git("log", "-1", "--format=%s", "side")).isEqualTo("docs: out");
    assertThat(there.git("status", "--porcelain")).isEmpty();
    assertThat(there.receipt("side"))
        .containsEntry("worktree", "linked")
        .containsEntry("branch", "refs/heads/side");
    assertThat(repository.run("receipt", "list").ok().out()).contains("commits");
    repository.assertSound();
    there.assertSound();
  }

  /** The same time, the same bytes: files, and what the templates see. */
  @Test
  void fixedTimeMakesOutputReproducible() {
    var repository = Repository.withOneCommit(directory);
    repository.template(
        "t.peb", "{{ now }} {{ now | date('yyyyMMdd') }} {{ git.head }} {{ git.isClean }}\n");
    repository.job(
        "j", "steps:\n  - { template: t.peb, to: \"{{ now | date('yyyyMMdd-HHmmss') }}.md\" }\n");
    var gitvan = repository.gitvan().with("GITVAN_NOW", "2026-02-03T04:05:06Z");
    gitvan.run("run", "j").ok();
    var first = repository.sandbox().read("20260203-040506.md");
    gitvan.with("TZ", "Asia/Tokyo").run("run", "j").ok();
    assertThat(repository.sandbox().read("20260203-040506.md")).isEqualTo(first);
    assertThat(first).startsWith("2026-02-03T04:05:06Z 20260203 " + repository.head() + " true");
    repository.gitvan().with("GITVAN_NOW", "yesterday").run("run", "j").refused("USAGE");
  }

  /** Maps merge, lists replace, and what is local counts. */
  @Test
  void localSettingsAreMergedLast() {
    var repository = prepared();
    repository.write(
        "gitvan.yaml",
        "templates: { env: [A, B] }\njobs:\n  j:\n    inputs: { a: 1, b: 2 }\n    steps:\n"
            + "      - run: [\"echo\", \"{{ inputs.a }}{{ inputs.b }}{{ env.C }}\"]\n");
    repository.write(
        "gitvan-local.yaml", "templates: { env: [C] }\njobs:\n  j:\n    inputs: { b: 3 }\n");
    var outcome = repository.gitvan().with("C", "local").run("run", "j").ok();
    assertThat(outcome.out() + outcome.err()).contains("13local");
  }

  @Test
  void inputsComeFromFlagsFilesAndDefaults() {
    var repository = Repository.withOneCommit(directory);
    repository.template(
        "t.peb", "{{ inputs.a }} {{ inputs.b + 1 }} {{ inputs.c | join('+') }} {{ inputs.d }}\n");
    repository.job(
        "j",
        "inputs: { a: default, b: 1, c: [x], d: true }\nsteps:\n  - { template: t.peb, to: out.md }\n");
    repository
        .gitvan()
        .withInput("a: file\nb: 5\n")
        .run("run", "j", "--inputs", "-", "-i", "b=41", "-i", "c=[1, 2]")
        .ok();
    assertThat(repository.sandbox().read("out.md")).isEqualTo("file 42 1+2 true\n");
    assertThat(repository.receipt("HEAD").get("inputs"))
        .isEqualTo(Map.of("a", "file", "b", 41L, "c", List.of(1L, 2L), "d", true));
  }

  /** Tag, note, nested job and commit move in one step; each run has its line. */
  @Test
  void tagNoteAndNestedJobShareTheTransaction() {
    var repository = prepared();
    repository.template("n.peb", "{{ inputs.word }}\n");
    repository.job(
        "nested",
        """
        inputs: { word: none }
        steps:
          - { template: n.peb, to: nested.md }
          - commit: { message: "docs: nested", paths: [nested.md] }
        """);
    repository.job(
        "all",
        """
        steps:
          - { template: t.peb, to: out.md }
          - commit: { message: "docs: out", paths: [out.md] }
          - job: { name: nested, inputs: { word: inner } }
          - run: "git show --stat --format=%s $GITVAN_COMMIT > shown.txt"
          - tag: { name: "v1", message: One }
          - note: { ref: refs/notes/review, message: checked }
        """);
    repository.run("run", "all").ok();
    assertThat(repository.git("log", "--format=%s").lines())
        .containsExactly("docs: nested", "docs: out", "Initial commit");
    assertThat(repository.sandbox().read("shown.txt")).contains("docs: nested", "nested.md");
    assertThat(repository.git("cat-file", "-t", "v1")).isEqualTo("tag");
    assertThat(repository.git("rev-parse", "v1^{commit}")).isEqualTo(repository.head());
    assertThat(repository.git("notes", "--ref", "review", "show")).isEqualTo("checked");
    var receipts = repository.receipts("HEAD");
    assertThat(receipts).hasSize(2);
    var outer = receipts.stream().filter(r -> r.get("job").equals("all")).findFirst().orElseThrow();
    var inner =
        receipts.stream().filter(r -> r.get("job").equals("nested")).findFirst().orElseThrow();
    assertThat(inner).containsEntry("parent", outer.get("id"));
    assertThat(repository.git("notes", "--ref", "gitvan/results", "list").lines()).hasSize(1);
    repository.run("receipt", "verify").ok();
    repository.assertSound();
  }

  /** A job that fails takes nothing of the nested one with it: no commit, no tag. */
  @Test
  void failureAfterANestedJobAppliesNothing() {
    var repository = prepared();
    repository.job("outer", "steps:\n  - job: { name: commits }\n  - run: [\"false\"]\n");
    var refs = repository.refs(false);
    repository.run("-q", "run", "outer").refused("STEP_FAILED");
    assertThat(repository.refs(false)).isEqualTo(refs);
    repository.assertSound();
  }

  @Test
  void followUpsRunAfterTheTransaction() {
    var repository = prepared();
    repository.job("first", COMMITS + "then: [second]\n");
    repository.job("second", "steps:\n  - run: \"git log -1 --format=%s > second.txt\"\n");
    repository.run("run", "first").ok();
    assertThat(repository.sandbox().read("second.txt")).isEqualTo("docs: out\n");
    var receipts = repository.receipts("HEAD");
    assertThat(receipts).extracting(r -> r.get("job")).containsExactly("first", "second");
  }

  /** A chain that would never end is not begun; one that is only long stops. */
  @Test
  void chainsStop() {
    var repository = prepared();
    repository.job("again", "steps:\n  - run: \"echo x >> count.txt\"\nthen: [again]\n");
    repository.run("-q", "run", "again").refused("JOB_CYCLE");
    assertThat(repository.file("count.txt")).doesNotExist();
    for (int i = 0; i < 12; i++) {
      repository.job(
          "j" + i, "steps:\n  - run: \"echo x >> count.txt\"\nthen: [j" + (i + 1) + "]\n");
    }
    repository.job("j12", "steps:\n  - run: [\"true\"]\n");
    repository.run("-q", "run", "j0");
    assertThat(repository.sandbox().read("count.txt").lines()).hasSizeBetween(8, 9);
  }

  /** The same key is the same run, in every later process; with other inputs it is a mistake. */
  @Test
  void keysCountAcrossProcesses() {
    var repository = prepared();
    repository.job("count", "inputs: { a: 1 }\nsteps:\n  - run: \"echo x >> count.txt\"\n");
    repository.run("run", "count", "--key", "k1").ok();
    var id = (String) repository.receipt("HEAD").get("id");
    var second = repository.run("run", "count", "--key", "k1").ok();
    assertThat(second.out() + second.err()).contains(id);
    assertThat(repository.sandbox().read("count.txt").lines()).hasSize(1);
    assertThat(repository.receipts("HEAD")).hasSize(1);
    var problem =
        repository.run("run", "count", "--key", "k1", "-i", "a=2").refused("KEY_CONFLICT");
    assertThat(problem.place() + problem.message()).contains(id);
    repository.run("run", "count", "--key", "").refused("USAGE");
    repository.run("run", "count", "--key", "k2", "-i", "a=2").ok();
    assertThat(repository.sandbox().read("count.txt").lines()).hasSize(2);
  }

  @Test
  void forEachRendersOnceForEveryItem() {
    var repository = Repository.withOneCommit(directory);
    for (int i = 0; i < 20; i++) {
      repository.write(
          "data/p%02d.json".formatted(i), "{\"name\":\"page%d\",\"weight\":%d}".formatted(i, i));
    }
    repository.template("page.md.peb", "# {{ item.name }}\n");
    repository.job(
        "site",
        """
        steps:
          - template: page.md.peb
            for-each: "data/*.json"
            to: "site/{{ item.name }}.md"
            concurrency: 4
            priority: "{{ item.weight }}"
          - commit: { message: "docs: site", paths: [site] }
        """);
    repository.run("run", "site").ok();
    assertThat(repository.git("ls-tree", "-r", "--name-only", "HEAD", "site/").lines()).hasSize(20);
    assertThat(repository.sandbox().read("site/page7.md")).isEqualTo("# page7\n");
    assertThat(Json.objects(repository.receipt("HEAD").get("artifacts"))).hasSize(20);
  }

  /** Steps that do not hold are skipped, and the receipt says so. */
  @Test
  void conditionsSkipSteps() {
    var repository = prepared();
    repository.job(
        "j",
        """
        inputs: { publish: false }
        steps:
          - run: ["touch", "published"]
            when: inputs.publish
            name: publish
          - run: ["touch", "always"]
        """);
    repository.run("run", "j").ok();
    assertThat(repository.file("published")).doesNotExist();
    assertThat(repository.file("always")).exists();
    assertThat(Json.objects(repository.receipt("HEAD").get("steps")))
        .extracting(step -> step.get("status"))
        .containsExactly("skipped", "ok");
    repository.run("run", "j", "-i", "publish=true").ok();
    assertThat(repository.file("published")).exists();
  }

  /** A failed attempt is repeated; what it staged is not. */
  @Test
  void retriesStartAfresh() {
    var repository = prepared();
    repository.job(
        "flaky",
        "retries: { max: 2, backoff: 10ms }\n"
            + COMMITS
            + "  - run: \"echo x >> tries; test $(wc -l < tries) -ge 3\"\n");
    repository.run("run", "flaky").ok();
    assertThat(repository.git("rev-list", "--count", "HEAD")).isEqualTo("2");
    assertThat(repository.receipt("HEAD")).containsEntry("attempt", 3L);
  }

  /** Names that are not ASCII, with spaces, in files and on the command line. */
  @Test
  void namesInEveryScript() {
    var repository = Repository.withOneCommit(directory);
    repository.template("grüße.peb", "¡{{ inputs.wen }}! 日本 🎉\n");
    repository.job(
        "j",
        """
        inputs: { wen: Welt }
        steps:
          - { template: grüße.peb, to: "out put/größe 日本.md" }
          - commit: { message: "docs: Grüße 🎉", paths: ["out put"] }
        """);
    repository.run("run", "j", "-i", "wen=Jürgen").ok();
    assertThat(repository.git("-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "HEAD"))
        .contains("out put/größe 日本.md");
    assertThat(repository.git("show", "HEAD:out put/größe 日本.md")).isEqualTo("¡Jürgen! 日本 🎉");
    assertThat(repository.git("log", "-1", "--format=%s")).isEqualTo("docs: Grüße 🎉");
  }

  /** Without any configuration at all there is still something to run. */
  @Test
  void withoutConfiguration() {
    var repository = Repository.of(GitSandbox.init(directory));
    repository.run("job", "list").ok();
    repository.run("config", "show").ok();
    repository.run("config", "validate").ok();
  }

  private Repository prepared() {
    var repository = Repository.withOneCommit(directory);
    repository.template("t.peb", "text\n");
    repository.job("commits", COMMITS);
    return repository;
  }

  @Test
  void tellsOnRequestWhichRefsMove() {
    var repository = Repository.withOneCommit(directory);
    repository.template("page.peb", "text\n");
    repository.job("page", "steps:\n  - { template: page.peb, to: out.txt }\n");
    var err =
        repository.gitvan().with("GITVAN_DEBUG_GIT", "true").run("-q", "run", "page").ok().err();
    assertThat(err.lines().filter(line -> line.startsWith("git: moved ")))
        .singleElement()
        .asString()
        .matches("git: moved refs/notes/gitvan/results nothing to [0-9a-f]{10} in [0-9.]+ ms");
    assertThat(repository.run("-q", "run", "page").ok().err()).isEmpty();
  }
}
