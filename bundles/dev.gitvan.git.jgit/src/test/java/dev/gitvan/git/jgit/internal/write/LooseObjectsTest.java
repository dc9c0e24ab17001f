package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gitvan.git.jgit.internal.refs.SharedPermissions;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LooseObjectsTest {
  private static final byte[] CONTENT = "one\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;
  private GitSandbox git;
  private Receipts gitvan;
  private Opened opened;
  private LooseObjects objects;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    gitvan = Receipts.open(git);
    opened = gitvan.repositories.open(git.worktree());
    objects = new LooseObjects(opened, false, SharedPermissions.of(opened.settings()));
  }

  @AfterEach
  void close() {
    objects.close();
    opened.repository().close();
    gitvan.close();
  }

  private Path folder(ObjectId id) {
    return git.root().resolve(".git/objects").resolve(id.name().substring(0, 2));
  }

  /** Shown to fail when {@code flush} does not wait. */
  @Test
  void gitReadsWhatIsFlushed() throws IOException {
    var tree = new TreeFormatter();
    for (int i = 0; i < 500; i++) {
      var id = objects.insert(Constants.OBJ_BLOB, ("content " + i + "\n").getBytes());
      tree.append("f" + (1000 + i), FileMode.REGULAR_FILE, id);
    }
    var id = objects.insert(tree);
    objects.flush();
    assertThat(git.git("ls-tree", id.name()).lines()).hasSize(500);
    assertThat(git.git("cat-file", "blob", id.name() + ":f1499")).isEqualTo("content 499");
    assertThat(git.run("fsck", "--full", "--strict").status()).isZero();
  }

  /** Shown to fail when what was kept stays so. */
  @Test
  void aFailureIsToldAndTheSameContentIsWrittenNextTime() throws IOException {
    var id = objects.idFor(Constants.OBJ_BLOB, CONTENT);
    Files.writeString(folder(id), "in the way");
    objects.insert(Constants.OBJ_BLOB, CONTENT);
    assertThatIOException().isThrownBy(objects::flush);
    objects.flush(); // thrown once
    Files.delete(folder(id));
    objects.insert(Constants.OBJ_BLOB, CONTENT);
    objects.flush();
    assertThat(git.git("cat-file", "blob", id.name())).isEqualTo("one");
    try (var files = Files.list(git.root().resolve(".git/objects"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("tmp_obj"));
    }
  }

  /**
   * A tree comes after its blobs, and so does not come when one of them cannot be written. Shown to
   * fail when what comes after a failure gets its name nevertheless.
   */
  @Test
  void nothingIsThereWithoutWhatItNames() throws IOException {
    for (int round = 0; round < 20; round++) {
      var tree = new TreeFormatter();
      var blobs = new ArrayList<ObjectId>();
      for (int i = 0; i < 8; i++) {
        var content = ("round " + round + " file " + i + "\n").getBytes(StandardCharsets.UTF_8);
        if (i == 0) {
          var folder = folder(objects.idFor(Constants.OBJ_BLOB, content));
          if (Files.exists(folder)) {
            break;
          }
          Files.writeString(folder, "in the way");
        }
        blobs.add(objects.insert(Constants.OBJ_BLOB, content));
        tree.append("f" + i, FileMode.REGULAR_FILE, blobs.get(i));
      }
      if (blobs.isEmpty()) {
        continue;
      }
      var id = objects.insert(tree);
      assertThatIOException().isThrownBy(objects::flush);
      assertThat(folder(id).resolve(id.name().substring(2))).doesNotExist();
      Files.delete(folder(blobs.get(0)));
    }
    assertThat(git.run("fsck", "--full").status()).isZero();
  }

  /** Shown to fail when what is not kept is written later. */
  @Test
  void whatIsMoreThanMemoryShouldHoldIsReadFromTheRepository() throws IOException {
    var random = new Random(7);
    var ids = new ArrayList<ObjectId>();
    var content = new byte[900_000];
    for (int i = 0; i < 30; i++) {
      random.nextBytes(content);
      ids.add(objects.insert(Constants.OBJ_BLOB, content));
    }
    assertThat(objects.keptBytes()).isLessThanOrEqualTo(16 << 20);
    try (var reader = objects.newReader()) {
      for (var id : ids) {
        assertThat(reader.open(id).getSize()).isEqualTo(content.length);
      }
    }
  }
}
