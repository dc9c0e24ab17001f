package dev.gitvan.git.jgit.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How many repositories are open, and how many of their files. */
class RepositoriesTest {
  private static final int MANY = 100;

  @TempDir Path directory;
  private final List<Path> roots = new ArrayList<>();
  private Repositories repositories;
  private ObjectId commit;

  /** Copies of one repository, with a pack: once that is read, its file stays open. */
  @BeforeEach
  void make() throws IOException {
    var git = GitSandbox.init(directory, "--template=");
    commit = ObjectId.fromString(git.commit("a.txt", "content", "one"));
    git.git("repack", "-a", "-d", "-q");
    for (int i = 0; i < MANY; i++) {
      var copy = git.root().resolveSibling("copy" + i);
      try (var files = Files.walk(git.root())) {
        for (var file : (Iterable<Path>) files::iterator) {
          Files.copy(file, copy.resolve(git.root().relativize(file).toString()));
        }
      }
      roots.add(copy);
    }
    repositories = new Repositories(git.environment());
  }

  @AfterEach
  void close() {
    repositories.close();
  }

  /** Shown to fail when work is dropped by then: its waiters would wait forever. */
  @Test
  void workForTheBackgroundIsDoneAlsoWhenTheBundleHasGone() {
    var opened = open(roots.get(0));
    repositories.close();
    assertThat(CompletableFuture.supplyAsync(() -> 1, opened.background()))
        .succeedsWithin(Duration.ofSeconds(60))
        .isEqualTo(1);
  }

  private Opened open(Path root) {
    return repositories.open(repositories.discover(root));
  }

  private void read(Opened opened) throws IOException {
    assertThat(opened.repository().open(commit).getSize()).isPositive();
  }

  /** The packs that this process has open, of the repositories of this test. */
  private List<Path> openPacks() {
    var packs = new ArrayList<Path>();
    for (var descriptor : descriptors()) {
      try {
        var file = Files.readSymbolicLink(descriptor);
        if (file.startsWith(roots.get(0).getParent()) && file.toString().endsWith(".pack")) {
          packs.add(file);
        }
      } catch (IOException e) {
        // It was that of reading the directory, and is closed.
      }
    }
    return packs;
  }

  private static List<Path> descriptors() {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shown to fail when none is closed for another: 33 were open. */
  @Test
  void fewAreKeptOpen() throws IOException {
    for (var root : roots) {
      try (var repository = open(root).repository()) {
        assertThat(repository.open(commit).getSize()).isPositive();
      }
      assertThat(repositories.count()).isLessThanOrEqualTo(32);
    }
    assertThat(repositories.count()).isEqualTo(32);
  }

  /** Shown to fail when one is forgotten without being closed: 33 packs were open. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void fewFilesAreKeptOpen() throws IOException {
    int before = descriptors().size();
    for (var root : roots) {
      var opened = open(root);
      read(opened);
      assertThat(openPacks()).anyMatch(pack -> pack.startsWith(root));
      opened.repository().close();
      assertThat(openPacks()).hasSizeLessThanOrEqualTo(32);
    }
    assertThat(descriptors().size() - before).isLessThanOrEqualTo(32 + 16);
    repositories.close();
    assertThat(openPacks()).isEmpty();
  }

  /**
   * One that is in use stays open, however many others are opened, and closes when its user is done
   * with it. Shown to fail when the user is not counted: its pack was closed.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void oneInUseIsNotClosedUnderItsUser() throws IOException {
    var inUse = roots.get(0);
    var opened = open(inUse);
    read(opened);
    for (var root : roots.subList(1, MANY)) {
      var other = open(root);
      read(other);
      other.repository().close();
      assertThat(openPacks()).anyMatch(pack -> pack.startsWith(inUse));
    }
    read(opened);
    opened.repository().close();
    assertThat(openPacks()).noneMatch(pack -> pack.startsWith(inUse)).hasSize(32);

    // The next use opens it again.
    var again = open(inUse);
    assertThat(again).isNotSameAs(opened);
    read(again);
    again.repository().close();
  }
}
