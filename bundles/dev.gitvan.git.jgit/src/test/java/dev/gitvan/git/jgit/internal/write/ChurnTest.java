package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.jgit.internal.Faults;
import dev.gitvan.git.jgit.internal.JavaProcess;
import dev.gitvan.testkit.GitSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that everybody works on at once. */
class ChurnTest {
  private static final int THREADS = 4;
  private static final int PROCESSES = 4;
  private static final String RESULTS = "refs/notes/gitvan/results";

  @TempDir Path directory;
  private final Faults.Stop stop = new Faults.Stop();
  private final Map<String, Future<Integer>> external = new LinkedHashMap<>();
  private final List<Process> children = new ArrayList<>();
  private final java.util.concurrent.ExecutorService pool = Executors.newCachedThreadPool();
  private GitSandbox git;
  private GitSandbox topic;

  @BeforeEach
  void create() throws Exception {
    git = GitSandbox.init(directory);
    git.commit("user.txt", "1\n", "one");
    git.git("worktree", "add", "-q", "-b", "topic", directory + "/topic");
    topic = git.at(directory.toRealPath().resolve("topic"));
  }

  @AfterEach
  void end() {
    stop.set();
    pool.shutdownNow();
    children.forEach(Process::destroyForcibly);
  }

  /**
   * Eight workers, four of them processes, commit to a branch and write receipts, while {@code git}
   * commits to the same branch, rebases another one onto it, collects garbage, packs refs, and adds
   * and removes worktrees and branches. A watch sees every ref move forward only.
   *
   * <p>Shown to fail on broken builds: with a branch that is moved without looking at its old value
   * under its lock (a rewind); with an object that is left alone when a pack has it that is gone (a
   * missing object); with refs that are read from {@code packed-refs} before their loose files
   * (both a rewind and lost receipts); with a {@code packed-refs} that git takes for the one it has
   * read (a rewind, seen once); with objects that are looked for once (a run refused).
   */
  @Test
  void nothingIsLostWhileEverybodyWorks() throws Exception {
    var workers = new ArrayList<Worker>();
    var runs = new ArrayList<Future<?>>();
    try (var gitvan = Receipts.open(git)) {
      for (int t = 0; t < THREADS; t++) {
        var worker = new Worker(gitvan, git.worktree(), "thread" + t + ".txt", 100_000 * t);
        workers.add(worker);
        runs.add(
            pool.submit(
                () -> {
                  while (!stop.isSet()) {
                    worker.run();
                  }
                  return null;
                }));
      }
      for (int p = 0; p < PROCESSES; p++) {
        int first = 100_000 * (THREADS + p);
        children.add(
            JavaProcess.start(
                git, Worker.class, List.of(), "process" + p + ".txt", "" + first, "0"));
      }
      startGit();
      var watches = List.of(watch("refs/heads/main"), watch(RESULTS));
      long end = System.nanoTime() + Faults.duration().toNanos();
      while (System.nanoTime() < end && watches.stream().noneMatch(Future::isDone)) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      stop.set();
      for (var watch : watches) {
        assertThat(watch.get()).as("moves that were seen").isPositive();
      }
      for (var run : runs) {
        run.get();
      }
    }
    var subjects = new HashSet<String>();
    int receipts = 0;
    for (int t = 0; t < THREADS; t++) {
      receipts += workers.get(t).done();
      expect(subjects, "thread" + t + ".txt", workers.get(t).done());
    }
    for (int p = 0; p < PROCESSES; p++) {
      int done = end(children.get(p));
      receipts += done;
      expect(subjects, "process" + p + ".txt", done);
    }
    for (var loop : external.entrySet()) {
      assertThat(loop.getValue().get()).as(loop.getKey()).isPositive();
    }
    System.out.println("churn: " + receipts + " runs, git: " + counts());
    var log = git.git("log", "--format=%s", "main").lines().toList();
    assertThat(log).containsAll(subjects);
    assertThat(log.stream().filter(subject -> subject.startsWith("user ")))
        .hasSize(counts("commit"));
    assertThat(written()).hasSize(receipts);
    assertOnlyForward("refs/heads/main");
    var fsck = git.run("fsck", "--full", "--strict", "--no-progress");
    assertThat(fsck.status()).as(fsck.out() + fsck.err()).isZero();
    try (var gitvan = Receipts.open(git)) {
      assertThat(gitvan.transactions.verify(git.worktree()).findings()).isEmpty();
    }
  }

  private int counts(String loop) throws Exception {
    return external.get(loop).get();
  }

  private Map<String, Integer> counts() throws Exception {
    var counts = new LinkedHashMap<String, Integer>();
    for (var loop : external.keySet()) {
      counts.put(loop, counts(loop));
    }
    return counts;
  }

  private static void expect(HashSet<String> subjects, String file, int done) {
    for (int i = 0; i < done; i++) {
      subjects.add(file + " " + i);
    }
  }

  private static int end(Process child) throws Exception {
    child.getOutputStream().write('\n');
    child.getOutputStream().close();
    var output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(output).isZero();
    return Integer.parseInt(output.substring(output.lastIndexOf("done ") + 5).strip());
  }

  private void startGit() {
    int[] commits = {0};
    // Of the whole index, git's commit would put back what others commit meanwhile: it reads the
    // index before it locks it.
    git(
        "commit",
        () -> {
          git.write("user.txt", "user " + commits[0] + "\n");
          return git.run("commit", "-qm", "user " + commits[0]++, "--only", "user.txt").status()
              == 0;
        });
    int[] topics = {0};
    git(
        "rebase",
        () -> {
          topic.write("topic.txt", "topic " + topics[0] + "\n");
          // Git's add may lose the folder of an object to git's own gc, which finds it empty.
          boolean done =
              topic.run("add", "topic.txt").status() == 0
                  && topic.run("commit", "-qm", "topic " + topics[0]++).status() == 0
                  && topic.run("rebase", "-q", "main").status() == 0;
          if (!done) {
            topic.run("rebase", "--abort");
          }
          return done;
        });
    git("gc", () -> git.run("gc", "-q").status() == 0);
    git("pack-refs", () -> git.run("pack-refs", "--all").status() == 0);
    int[] worktrees = {0};
    git(
        "worktree",
        () -> {
          var place = directory.toRealPath().resolve("w" + worktrees[0]).toString();
          boolean added =
              git.run("worktree", "add", "-q", "-b", "b" + worktrees[0]++, place, "main").status()
                  == 0;
          return added & git.run("worktree", "remove", "--force", place).status() == 0;
        });
    git(
        "branch",
        () -> {
          for (var branch :
              git.git(
                      "for-each-ref",
                      "--format=%(refname:short)",
                      "refs/heads/b*",
                      "refs/heads/bother/")
                  .lines()
                  .toList()) {
            git.run("branch", "-qD", branch);
          }
          return git.run("branch", "-q", "bother/some", "main").status() == 0;
        });
  }

  private void git(String name, java.util.concurrent.Callable<Boolean> once) {
    external.put(name, Faults.loop(pool, stop, once));
  }

  /** Looks at a ref all the time; fails when it has moved anywhere but forward. */
  private Future<Integer> watch(String ref) {
    return pool.submit(
        () -> {
          var last = "";
          int moves = 0;
          while (!stop.isSet()) {
            var read = git.run("rev-parse", "-q", "--verify", ref);
            var now = read.out().strip();
            if (read.status() != 0 && last.isEmpty() || now.equals(last)) {
              continue;
            }
            assertThat(read.status()).as(ref + " is gone").isZero();
            if (!last.isEmpty()) {
              var back = git.run("merge-base", "--is-ancestor", last, now);
              assertThat(back.status()).as(ref + ": " + last + " to " + now + back.err()).isZero();
            }
            last = now;
            moves++;
          }
          return moves;
        });
  }

  /** Every entry of the log begins where the one before it ended. */
  private void assertOnlyForward(String ref) {
    var ids = git.git("reflog", "--format=%H", ref).lines().toList();
    for (int i = 1; i < ids.size(); i++) {
      assertThat(git.run("merge-base", "--is-ancestor", ids.get(i), ids.get(i - 1)).status())
          .as(ids.get(i) + " to " + ids.get(i - 1))
          .isZero();
    }
  }

  private TreeSet<String> written() {
    var ids = new TreeSet<String>();
    for (var note : git.git("notes", "--ref", RESULTS, "list").lines().toList()) {
      for (var line : git.git("cat-file", "blob", note.split(" ")[0]).lines().toList()) {
        ids.add(line.substring(7, 33));
      }
    }
    return ids;
  }
}
