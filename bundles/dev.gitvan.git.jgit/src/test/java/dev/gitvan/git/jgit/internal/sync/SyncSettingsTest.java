package dev.gitvan.git.jgit.internal.sync;

import static dev.gitvan.git.jgit.internal.sync.Clones.RESULTS;
import static dev.gitvan.git.jgit.internal.sync.Clones.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sync sets in a repository's configuration, once. */
class SyncSettingsTest {
  private static final String SPEC = "+refs/notes/gitvan/*:refs/gitvan/remotes/origin/notes/*";
  private static final String OWN = "+refs/heads/*:refs/remotes/origin/*";
  private static final String REWRITTEN = "refs/notes/gitvan/*";

  @TempDir Path directory;
  private Clones clones;
  private GitSandbox git;

  @BeforeEach
  void open() {
    clones = new Clones(directory);
    git = clones.second;
  }

  @AfterEach
  void close() {
    clones.close();
  }

  private List<String> fetch() {
    return git.git("config", "--get-all", "remote.origin.fetch").lines().toList();
  }

  private List<String> rewritten() {
    return git.run("config", "--get-all", "notes.rewriteRef").out().lines().toList();
  }

  @Test
  void onceHoweverOftenItIsAskedFor() {
    assertThat(clones.pull(git).configured())
        .containsExactly("remote.origin.fetch " + SPEC, "notes.rewriteRef " + REWRITTEN);
    clones.receipts(git, 1, 1);
    assertThat(clones.push(git).configured()).isEmpty();
    assertThat(clones.pull(git).configured()).isEmpty();
    assertThat(clones.sync.setUp(git.worktree(), "origin", false, clones.caller())).isEmpty();
    assertThat(fetch()).containsExactly(OWN, SPEC);
    assertThat(rewritten()).containsExactly(REWRITTEN);
  }

  /** Shown to fail when a value was added because it had not been there when somebody looked. */
  @Test
  void onceWhenSeveralAskAtOnce() throws Exception {
    var threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 5; round++) {
        git.git("config", "--replace-all", "remote.origin.fetch", OWN);
        git.run("config", "--unset-all", "notes.rewriteRef");
        var begin = new CountDownLatch(1);
        var all = new ArrayList<Future<?>>();
        for (int i = 0; i < 4; i++) {
          all.add(
              threads.submit(
                  () -> {
                    begin.await();
                    return clones.sync.setUp(git.worktree(), "origin", false, clones.caller());
                  }));
        }
        begin.countDown();
        for (var one : all) {
          one.get();
        }
        assertThat(fetch()).containsExactly(OWN, SPEC);
        assertThat(rewritten()).containsExactly(REWRITTEN);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatTheUserHasStays() {
    git.git("config", "notes.rewriteRef", "refs/notes/commits");
    git.git("config", "--add", "remote.origin.fetch", "+refs/notes/review:refs/notes/review");
    clones.pull(git);
    assertThat(rewritten()).containsExactly("refs/notes/commits", REWRITTEN);
    assertThat(fetch()).containsExactly(OWN, "+refs/notes/review:refs/notes/review", SPEC);
  }

  @Test
  void allNotesContainReceipts() {
    git.git("config", "--global", "notes.rewriteRef", "refs/notes/*");
    assertThat(clones.pull(git).configured()).containsExactly("remote.origin.fetch " + SPEC);
    assertThat(git.run("config", "--local", "notes.rewriteRef").status()).isNotZero();
  }

  /**
   * What is set works: {@code git fetch} brings receipts along, and an amended commit keeps its.
   */
  @Test
  void gitFollowsIt() {
    clones.receipts(clones.first, 1, 2);
    clones.push(clones.first);
    clones.sync.setUp(git.worktree(), "origin", false, clones.caller());
    git.git("fetch", "-q");
    assertThat(git.git("rev-parse", "refs/gitvan/remotes/origin/notes/results"))
        .isEqualTo(git.git("ls-remote", "origin", RESULTS).split("\t")[0]);
    clones.pull(git);
    git.git("commit", "-q", "--amend", "-m", "amended");
    assertThat(git.git("notes", "--ref", RESULTS, "show").lines()).hasSize(2);
    assertThat(clones.read(git)).containsExactly(ids(1, 2));
  }

  @Test
  void aConfigurationThatSomebodyWrites() throws IOException {
    var lock = Files.createFile(git.root().resolve(".git/config.lock"));
    var refusal =
        catchThrowableOfType(
            GitVanException.class,
            () -> clones.sync.setUp(git.worktree(), "origin", false, clones.caller()));
    assertThat(refusal.code()).isEqualTo(Codes.REPO_LOCKED);
    assertThat(refusal.getMessage()).contains("config");
    assertThat(lock).exists();
    assertThat(fetch()).containsExactly(OWN);
  }

  @Test
  void onlyForRemotesThatHaveAName() {
    assertThat(clones.sync.setUp(git.worktree(), null, true, clones.caller()))
        .containsExactly("notes.rewriteRef " + REWRITTEN);
    assertThat(rewritten()).isEmpty();
    for (var none : List.of(clones.remote.root().toString(), "nowhere")) {
      var refusal =
          catchThrowableOfType(
              GitVanException.class,
              () -> clones.sync.setUp(git.worktree(), none, false, clones.caller()));
      assertThat(refusal.code()).isEqualTo(Codes.REMOTE_NOT_FOUND);
    }
  }
}
