package dev.gitvan.git.jgit.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.Status;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status where the cache tree and stat data save most of the work, beside git's. */
class StatusParityTest {
  @TempDir Path directory;
  private GitSandbox git;
  private Repositories repositories;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    repositories = new Repositories(git.environment());
  }

  @AfterEach
  void close() {
    repositories.close();
  }

  private Status status() {
    var service = new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
    try (var repository = service.open(service.discover(git.root()))) {
      return repository.status();
    }
  }

  /** Compares after ours: git's own status would refresh the index. */
  private void compare(String what) {
    var ours = status();
    var staged = new TreeSet<String>();
    var unstaged = new TreeSet<String>();
    var untracked = new TreeSet<String>();
    var conflicted = new TreeSet<String>();
    for (var line : porcelain("-uno")) {
      if (line.startsWith("1 ")) {
        var path = line.split(" ", 9)[8];
        if (line.charAt(2) != '.') {
          staged.add(path);
        }
        if (line.charAt(3) != '.') {
          unstaged.add(path);
        }
      } else if (line.startsWith("u ")) {
        conflicted.add(line.split(" ", 11)[10]);
      } else {
        assertThat(line).as(what).isEmpty();
      }
    }
    for (var line : porcelain("-uall")) {
      if (line.startsWith("? ")) {
        untracked.add(line.substring(2));
      }
    }
    assertThat(ours).as(what).isEqualTo(new Status(staged, unstaged, untracked, conflicted));
  }

  private String[] porcelain(String untracked) {
    return git.git("--no-optional-locks", "status", "--porcelain=v2", "--no-renames", untracked)
        .split("\n");
  }

  /** Enough files for several threads. */
  private void commitMany() {
    for (int i = 0; i < 1200; i++) {
      git.write("d" + i / 100 + "/f" + i, i + "\n");
    }
    git.write("d1.txt", "beside a folder\n");
    git.write("d1-0", "before it\n");
    git.git("add", ".");
    git.git("commit", "-qm", "many");
  }

  private boolean hasCacheTree() throws IOException {
    var index = Files.readString(git.root().resolve(".git/index"), StandardCharsets.ISO_8859_1);
    return index.contains("TREE");
  }

  /**
   * Shown to fail when a folder that the cache tree has is passed over without looking at its id.
   */
  @Test
  void foldersThatTheCacheTreeKnows() throws IOException {
    commitMany();
    compare("nothing changed");
    assertThat(hasCacheTree()).isTrue();
    git.write("d3/f350", "changed\n");
    git.write("d11/f1199", "changed\n");
    git.write("d11/new/untracked", "new\n");
    compare("edited");
    git.git("add", "d3/f350", "d11/f1199");
    compare("staged");
    git.write("d4/new", "1\n");
    git.git("add", "-N", "d4/new");
    git.git("rm", "-q", "d5/f500", "d1.txt");
    git.write("d5.txt", "1\n");
    git.git("add", "d5.txt");
    compare("added, removed");
    git.git("write-tree");
    compare("a cache tree of what is staged");
    git.git("reset", "-q", "--soft", "HEAD");
    git.git("commit", "-qm", "two");
    git.git("reset", "-q", "--soft", "HEAD~1");
    compare("a valid cache tree of another commit");
    git.git("rm", "-rq", "--cached", "d1");
    git.git("write-tree");
    compare("a folder gone");
  }

  @Test
  void conflictsBesideFoldersThatAreTheSame() {
    commitMany();
    git.git("checkout", "-qb", "other");
    git.write("d2/f200", "theirs\n");
    git.git("commit", "-qam", "theirs");
    git.git("checkout", "-q", "-");
    git.write("d2/f200", "ours\n");
    git.git("commit", "-qam", "ours");
    assertThat(git.run("merge", "-q", "other").status()).isNotZero();
    compare("in conflict");
  }

  /** Shown to fail when the content decides although the size differs. */
  @Test
  void aFileOfAnotherSizeIsChangedWhateverItWouldBeConvertedTo() {
    git.write(".gitattributes", "* text=auto\n");
    git.write("a.txt", "one\r\ntwo\r\n");
    git.git("add", ".");
    git.git("commit", "-qm", "one");
    compare("committed");
    git.write("a.txt", "one\ntwo\n");
    compare("the blob's content in another size");
    assertThat(status().unstaged()).containsExactly("a.txt");
  }

  /** Shown to fail when folders that lead to a file are followed. */
  @Test
  void aFolderThatIsReplacedByALinkToItsCopy() throws IOException {
    git.write("d/e/a.txt", "one\n");
    git.write("d/e/b.txt", "two\n");
    git.write("z.txt", "three\n");
    git.git("add", ".");
    git.git("commit", "-qm", "one");
    Files.move(git.root().resolve("d"), git.root().resolve("copy"));
    Files.createSymbolicLink(git.root().resolve("d"), Path.of("copy"));
    compare("a link in the place of a folder");
    assertThat(status().unstaged()).containsExactly("d/e/a.txt", "d/e/b.txt");
  }

  /** Flags of entries, modes, links and settings that change what counts. */
  @Test
  void statesOfSingleFiles() throws IOException {
    git.write(".gitattributes", "*.txt text=auto\n");
    git.write("a.txt", "a\n");
    git.write("b.sh", "b\n");
    git.write("gone", "x");
    Files.createSymbolicLink(git.root().resolve("link"), Path.of("a.txt"));
    assertThat(git.root().resolve("b.sh").toFile().setExecutable(true)).isTrue();
    git.git("add", ".");
    git.git("commit", "-qm", "one");
    compare("committed");
    Files.setLastModifiedTime(
        git.root().resolve("a.txt"), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
    compare("touched");
    git.write("a.txt", "a\r\n");
    compare("line ends that are converted to the same");
    reset();
    assertThat(git.root().resolve("b.sh").toFile().setExecutable(false)).isTrue();
    compare("a mode");
    git.git("config", "core.fileMode", "false");
    compare("a mode with core.fileMode=false");
    git.git("config", "--unset", "core.fileMode");
    reset();
    Files.delete(git.root().resolve("link"));
    git.write("link", "a.txt");
    compare("a file in the place of a link");
    git.git("config", "core.symlinks", "false");
    compare("the same with core.symlinks=false");
    git.git("config", "--unset", "core.symlinks");
    reset();
    Files.delete(git.root().resolve("gone"));
    compare("deleted");
    git.git("rm", "-q", "--cached", "gone");
    compare("deleted and removed from the index");
    reset();
    git.git("rm", "-q", "--cached", "gone");
    compare("removed from the index only");
    reset();
    git.write("new", "n\n");
    git.git("add", "-N", "new");
    compare("added with the intent to");
    Files.delete(git.root().resolve("new"));
    compare("added with the intent to, and gone");
    reset();
    for (var flag : List.of("assume-unchanged", "skip-worktree")) {
      git.git("update-index", "--" + flag, "a.txt");
      git.write("a.txt", "zz\n");
      compare(flag);
      git.git("update-index", "--no-" + flag, "a.txt");
      reset();
    }
    git.write("ignored/x", "x\n");
    Files.writeString(git.home().resolve("excludes"), "ignored/\n");
    git.git("config", "core.excludesFile", "~/excludes");
    compare("core.excludesFile");
    git.git("config", "status.showUntrackedFiles", "no");
    git.write("untracked", "x\n");
    compare("status.showUntrackedFiles=no"); // status() finds them, as -uall does
    git.git("mv", "a.txt", "A.txt");
    git.git("config", "core.ignoreCase", "true");
    compare("core.ignoreCase");
  }

  private void reset() {
    git.git("reset", "-q", "--hard");
  }

  /** An edit of the same size in the tick in which the index was written. */
  @Test
  void anEditOfTheSameSizeInTheSameTickIsSeen() throws IOException {
    git.write("a.txt", "one\n");
    git.git("add", ".");
    git.git("commit", "-qm", "one");
    var time = FileTime.from(Instant.now());
    for (int i = 0; i < 20; i++) {
      git.write("a.txt", "a" + i % 10 + "\n");
      Files.setLastModifiedTime(git.root().resolve("a.txt"), time);
      git.git("add", "a.txt");
      Files.setLastModifiedTime(git.root().resolve(".git/index"), time);
      git.write("a.txt", "b" + i % 10 + "\n");
      Files.setLastModifiedTime(git.root().resolve("a.txt"), time);
      assertThat(status().unstaged()).containsExactly("a.txt");
    }
  }

  /**
   * A file is known to be unchanged, and then edited behind the back of its size and time. Shown to
   * fail when the time of the last change is not compared.
   */
  @Test
  void anEditOfAFileThatWasVerifiedIsSeen() throws Exception {
    git.write("a.txt", "one\n");
    git.git("add", ".");
    git.git("commit", "-qm", "one");
    var time = FileTime.from(Instant.now());
    Files.setLastModifiedTime(git.root().resolve("a.txt"), time);
    Files.setLastModifiedTime(git.root().resolve(".git/index"), time);
    Thread.sleep(50); // so that the next change has another time
    assertThat(status().isClean()).isTrue();
    assertThat(status().isClean()).isTrue();
    git.write("a.txt", "two\n");
    Files.setLastModifiedTime(git.root().resolve("a.txt"), time);
    assertThat(status().unstaged()).containsExactly("a.txt");
  }
}
