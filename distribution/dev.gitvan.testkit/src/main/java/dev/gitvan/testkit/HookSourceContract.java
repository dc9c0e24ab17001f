package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.hook.HookDefinition;
import dev.gitvan.hook.spi.HookSource;
import dev.gitvan.hook.spi.HookSource.Found;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every hook source must do. Extend it, and write hooks into a repository as users of the
 * source do. A test that does not end is interrupted after a minute.
 */
public abstract class HookSourceContract extends Contract {
  private static final int THREADS = 8;

  @TempDir Path directory;
  private GitSandbox repository;

  /** A new source, as its component would be. */
  protected abstract HookSource source();

  /** Writes at least one hook into a repository. */
  protected abstract void define(GitSandbox repository) throws IOException;

  /** Names of the hooks that {@link #define} writes, in the order in which they are found. */
  protected abstract List<String> names();

  /** Changes the first of the hooks that {@link #define} has written. */
  protected abstract void change(GitSandbox repository) throws IOException;

  /** Makes the first of the hooks that {@link #define} has written invalid. */
  protected abstract void spoil(GitSandbox repository) throws IOException;

  /** The repository of this test. */
  protected final WorktreeId worktree() {
    return repository.worktree();
  }

  @BeforeEach
  void createRepository() {
    repository = GitSandbox.init(directory);
  }

  @Test
  void findsNothingWhereNothingIsDefined() throws Exception {
    assertThat(source().hooks(worktree())).isEmpty();
  }

  @Test
  void findsWhatIsDefinedInItsOrder() throws Exception {
    define(repository);
    var found = source().hooks(worktree());
    assertThat(found).allMatch(Found.Valid.class::isInstance);
    assertThat(found)
        .extracting(Found::definition)
        .extracting(HookDefinition::name)
        .containsExactlyElementsOf(names());
    assertThat(found)
        .extracting(Found::definition)
        .allSatisfy(definition -> assertThat(definition.origin()).isNotBlank());
  }

  @Test
  void seesChangesAndOnlyThoseChangeAFingerprint() throws Exception {
    define(repository);
    var source = source();
    var before = fingerprints(source);
    assertThat(before).doesNotHaveDuplicates();
    assertThat(fingerprints(source)).isEqualTo(before);
    assertThat(fingerprints(source())).as("another instance").isEqualTo(before);

    change(repository);
    var after = fingerprints(source);
    assertThat(after.get(0)).isNotEqualTo(before.get(0));
    assertThat(after.subList(1, after.size())).isEqualTo(before.subList(1, before.size()));
  }

  private List<String> fingerprints(HookSource source) throws Exception {
    return source.hooks(worktree()).stream()
        .map(found -> ((Found.Valid) found).fingerprint())
        .toList();
  }

  /** An invalid hook must not vanish: at a gate, that would let everything pass. */
  @Test
  void invalidHooksAreReportedWithTheirLocation() throws Exception {
    define(repository);
    spoil(repository);
    var problems = new ArrayList<Problem>();
    try {
      for (var found : source().hooks(worktree())) {
        if (found instanceof Found.Invalid broken) {
          problems.addAll(broken.problems());
        }
      }
    } catch (GitVanException e) {
      problems.add(e.problem());
    }
    assertThat(problems)
        .isNotEmpty()
        .allSatisfy(
            problem -> {
              assertThat(problem.place()).isNotBlank();
              assertThat(problem.what()).isNotBlank().doesNotContain("Exception");
            });
  }

  @Test
  void changesNothing() throws Exception {
    define(repository);
    var before = files();
    source().hooks(worktree());
    assertThat(files()).isEqualTo(before);
  }

  private Map<String, Long> files() throws IOException {
    var files = new TreeMap<String, Long>();
    try (var paths = Files.walk(repository.root())) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        files.put(path.toString(), Files.getLastModifiedTime(path).toMillis());
      }
    }
    return files;
  }

  @Test
  void answersManyThreadsAtOnceAlike() throws Exception {
    define(repository);
    var source = source();
    var alone = fingerprints(source);
    var others = new ConcurrentLinkedQueue<Object>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          new Thread(
              () -> {
                try {
                  others.add(fingerprints(source));
                } catch (Exception | Error e) {
                  others.add(e);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (var thread : threads) {
      thread.join();
    }
    assertThat(others).hasSize(THREADS).containsOnly(alone);
  }

  @Test
  void endsSoonWhenItIsInterrupted() throws Exception {
    define(repository);
    var thread =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              try {
                source().hooks(worktree());
              } catch (Exception e) {
                // Ending by an exception is fine.
              }
            });
    thread.setDaemon(true);
    thread.start();
    thread.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(thread.isAlive()).as("still runs").isFalse();
  }
}
