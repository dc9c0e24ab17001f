package dev.gitvan.git.jgit.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.Commit;
import dev.gitvan.git.GitRepository;
import dev.gitvan.git.HistoryQuery;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One repository read by several threads at once: each sees what {@code git} sees. One half of it
 * is packed, the other loose, and {@code git} packs that too meanwhile.
 */
class ParallelReadsTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 6;
  private static final int COMMITS = 150;

  @TempDir Path directory;
  private final Map<String, String> blobs = new LinkedHashMap<>();
  private List<String> history;

  private GitSandbox repository() {
    var git = GitSandbox.init(directory);
    git.commits(COMMITS);
    git.git("repack", "-a", "-d", "-q");
    for (int i = 0; i < 20; i++) {
      git.commit("loose/" + i + ".txt", ("text " + i + " ").repeat(2000), "fix: loose " + i);
    }
    for (var line : git.git("ls-tree", "-r", "HEAD").lines().toList()) {
      var id = line.split("[ \t]")[2];
      blobs.put(id, git.git("cat-file", "blob", id));
    }
    history = git.git("log", "--format=%H %s").lines().toList();
    return git;
  }

  /** Shown to fail when all threads share one of JGit's object readers: some found none. */
  @Test
  void everyThreadSeesWhatGitSees() throws Exception {
    var git = repository();
    var repositories = new Repositories(git.environment());
    var pool = Executors.newFixedThreadPool(THREADS);
    try {
      var service = new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
      var worktree = service.discover(git.root());
      try (var shared = service.open(worktree)) {
        var start = new CyclicBarrier(THREADS + 1);
        var reads = new ArrayList<Future<?>>();
        for (int t = 0; t < THREADS; t++) {
          int thread = t;
          reads.add(
              pool.submit(
                  () -> {
                    start.await(60, TimeUnit.SECONDS);
                    if (thread % 2 == 0) {
                      read(shared, thread);
                    } else {
                      try (var own = service.open(worktree)) {
                        read(own, thread);
                      }
                    }
                    return null;
                  }));
        }
        start.await(60, TimeUnit.SECONDS);
        git.git("repack", "-a", "-d", "-q");
        for (var each : reads) {
          each.get(120, TimeUnit.SECONDS);
        }
      }
    } finally {
      pool.shutdownNow();
      repositories.close();
    }
  }

  private void read(GitRepository repository, int seed) {
    var ids = new ArrayList<>(blobs.keySet());
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Collections.shuffle(ids, random);
      for (var id : ids) {
        assertThat(new String(repository.read(id), StandardCharsets.UTF_8).stripTrailing())
            .as(id)
            .isEqualTo(blobs.get(id));
      }
      assertThat(log(repository)).isEqualTo(history);
      assertThat(repository.changedPaths("HEAD~1", "HEAD"))
          .extracting(GitRepository.ChangedPath::path)
          .containsExactly("loose/19.txt");
    }
  }

  private static List<String> log(GitRepository repository) {
    var lines = new ArrayList<String>();
    try (var commits = repository.history(HistoryQuery.fromHead().ownCommits(true))) {
      for (Commit commit; commits.hasNext(); ) {
        commit = commits.next();
        lines.add(commit.id() + " " + commit.subject());
      }
    }
    return lines;
  }
}
