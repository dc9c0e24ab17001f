package dev.gitvan.git.jgit.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.Commit;
import dev.gitvan.git.DividedHistory;
import dev.gitvan.git.GitRepository;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each part is what {@code git log END ^EARLIER...} prints. */
class DividedHistoryTest {
  @TempDir Path directory;
  private GitSandbox git;
  private Repositories repositories;
  private GitRepository repository;
  private final Random random = new Random(11);
  private boolean skewed;
  private int clock;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    repositories = new Repositories(git.environment());
    var service = new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
    repository = service.open(service.discover(git.root()));
  }

  @AfterEach
  void close() {
    repository.close();
    repositories.close();
  }

  /** Commits at a later time than before, so that the log has one order; or at any time. */
  private String commit(String message, String... parents) {
    var date = 1_700_000_000 + 60 * (skewed ? random.nextInt(1000) : clock++) + " +0000";
    var tree = git.git("hash-object", "-wt", "tree", "/dev/null");
    var command = new ArrayList<>(List.of("git", "commit-tree", "-m", message, tree));
    for (var parent : parents) {
      command.addAll(List.of("-p", parent));
    }
    var dates = Map.of("GIT_AUTHOR_DATE", date, "GIT_COMMITTER_DATE", date);
    return git.exec(command, dates).out().strip();
  }

  private static List<String> ids(DividedHistory divided, int part) {
    var commits = new ArrayList<Commit>();
    try (var history = divided.commits(part, true)) {
      history.forEachRemaining(commits::add);
    }
    return commits.stream().map(Commit::id).toList();
  }

  private List<String> log(String from, List<String> without) {
    var arguments =
        Stream.concat(
            Stream.of("log", "--format=%H", "--date-order", from),
            without.stream().map(end -> "^" + end));
    return git.git(arguments.toArray(String[]::new)).lines().toList();
  }

  private DividedHistory assertDivided(String head, List<String> ends) {
    var divided = repository.commits().divide(head, ends);
    var earlier = new ArrayList<String>();
    for (int i = 0; i < ends.size(); i++) {
      boolean contained = git.run("merge-base", "--is-ancestor", ends.get(i), head).status() == 0;
      assertThat(divided.contains(i)).isEqualTo(contained);
      if (contained) {
        assertSame(ids(divided, i), log(ends.get(i), earlier));
        earlier.add(ends.get(i));
      } else {
        assertThat(ids(divided, i)).isEmpty();
      }
    }
    assertSame(ids(divided, ends.size()), log(head, earlier));
    return divided;
  }

  private void assertSame(List<String> ids, List<String> log) {
    if (skewed) {
      assertThat(ids).containsExactlyInAnyOrderElementsOf(log);
    } else {
      assertThat(ids).isEqualTo(log);
    }
  }

  /**
   * A branch that begins before a release and is merged after it: a walk that assigns commits as it
   * meets them gives what the branch began at to the wrong release.
   */
  @Test
  void aBranchThatIsOlderThanTheReleaseBeforeItsMerge() {
    var root = commit("root");
    var shared = commit("shared", root);
    var branch = commit("branch", shared);
    var released = commit("released", shared);
    var merge = commit("merge", released, branch);
    var unmerged = commit("unmerged", released);
    var head = commit("head", merge);
    var divided = assertDivided(head, List.of(root, released, unmerged, merge));
    assertThat(ids(divided, 3)).containsExactly(merge, branch);
  }

  @Test
  void endsAtOneCommitAndAtNone() {
    var root = commit("root");
    var head = commit("head", root);
    var blob = git.git("hash-object", "-w", "/dev/null");
    git.git("tag", "-a", "-m", "x", "annotated", root);
    var divided =
        repository
            .commits()
            .divide(
                head, List.of(git.git("rev-parse", "annotated"), root, blob, "1".repeat(40), head));
    assertThat(ids(divided, 0)).containsExactly(root);
    assertThat(ids(divided, 1)).isEmpty();
    assertThat(divided.contains(1)).isTrue();
    assertThat(divided.contains(2)).isFalse();
    assertThat(divided.contains(3)).isFalse();
    assertThat(ids(divided, 4)).containsExactly(head);
    assertThat(ids(divided, 5)).isEmpty();
  }

  /**
   * Histories of any shape, with right and with wrong dates.
   *
   * <p>Shown to fail without JGit's topological order.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyPartIsTheLog(boolean wrongDates) {
    skewed = wrongDates;
    for (int round = 0; round < 3; round++) {
      var commits = new ArrayList<String>();
      for (int i = 0; i < 40; i++) {
        var parents =
            random
                .ints(Math.min(i, 1 + random.nextInt(2)), Math.max(0, i - 6), Math.max(1, i))
                .distinct()
                .mapToObj(commits::get)
                .toArray(String[]::new);
        commits.add(commit("commit " + round + "." + i, parents));
      }
      var ends = commits.stream().filter(id -> random.nextInt(5) == 0).toList();
      assertDivided(commits.get(39), ends);
    }
  }

  @Test
  void ownCommitsAreLeftOut() {
    var root = commit("root");
    var own = commit("docs: x\n\nGitvan-Run: 01X\nGitvan-Job: x", root);
    var divided = repository.commits().divide(own, List.of());
    try (var history = divided.commits(0, false)) {
      assertThat(history.next().id()).isEqualTo(root);
      assertThat(history.hasNext()).isFalse();
    }
    assertThat(ids(divided, 0)).containsExactly(own, root);
  }
}
