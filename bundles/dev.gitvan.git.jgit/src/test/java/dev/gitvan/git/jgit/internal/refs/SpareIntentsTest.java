package dev.gitvan.git.jgit.internal.refs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class SpareIntentsTest {
  @TempDir Path directory;
  private Intents intents;
  private Path lock;

  @BeforeEach
  void open() {
    var git = GitSandbox.init(directory);
    intents = new Intents(git.worktree().repository());
    lock = git.root().resolve(".git/index.lock");
  }

  @AfterEach
  void close() {
    SpareIntents.clear();
  }

  private Intent begin(Path... locks) throws IOException {
    var intent = Intent.of(intents, List.of(locks), null);
    intent.write();
    for (var each : locks) {
      assertThat(intent.take(each)).isTrue();
    }
    return intent;
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static List<Path> in(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private Path spare() {
    return intents.folder().resolveSibling("spare");
  }

  @Test
  void onlyWhoComesAgainKeepsAFile() throws IOException {
    begin(lock).end();
    assertThat(in(intents.folder())).isEmpty();
    assertThat(in(spare())).isEmpty();
    var second = begin(lock);
    var key = key(second.file());
    second.end();
    assertThat(in(intents.folder())).isEmpty();
    assertThat(in(spare())).hasSize(1);
    var third = begin(lock);
    assertThat(key(third.file())).isEqualTo(key).isEqualTo(key(lock));
    assertThat(in(spare())).isEmpty();
    assertThat(in(intents.folder())).containsExactly(third.file());
    assertThat(Files.readString(third.file()))
        .contains("id=" + third.file().getFileName())
        .doesNotContain(second.file().getFileName().toString());
    third.end();
    assertThat(lock).doesNotExist();
    SpareIntents.clear();
    assertThat(in(spare())).isEmpty();
  }

  /** Shown to fail when the old plan stays behind a shorter intent. */
  @Test
  void nothingOfAnOldPlanIsLeft() throws IOException {
    begin().end();
    var planned = begin(lock);
    var id = ObjectId.fromString("1".repeat(40));
    planned.plan(List.of(new Move("refs/heads/main", null, id, null, "")), List.of());
    planned.end();
    var next = begin(lock);
    assertThat(Intent.read(intents, next.file()).orElseThrow().planned()).isEmpty();
    next.end();
  }

  /** A file whose content is another intent's, as after a power failure. */
  @Test
  void aPlanOfAnotherIntentIsNotFollowed() throws IOException {
    var old = begin(lock);
    old.plan(List.of(), List.of());
    var other = old.file().resolveSibling("other.intent");
    Files.copy(old.file(), other);
    assertThat(Intent.read(intents, old.file()).orElseThrow().planned()).isPresent();
    assertThat(Intent.read(intents, other).orElseThrow().planned()).isEmpty();
    Files.delete(other);
    old.end();
  }

  /**
   * Shown to fail when the links are not counted: the next intent would hold a lock of this one.
   */
  @Test
  void aFileThatIsStillALockIsNotUsedAgain() throws IOException {
    begin().end();
    var intent = begin(lock);
    var left = lock.resolveSibling("left.lock");
    Files.createLink(left, intent.file());
    intent.end();
    assertThat(in(spare())).isEmpty();
    var next = begin(lock);
    assertThat(next.holds(left)).isFalse();
    next.end();
  }

  @Test
  void whatADeadProcessKeptIsDeleted() throws IOException {
    var self = Owner.self();
    var dead = new Owner(Long.MAX_VALUE, "", self.boot(), self.host(), self.namespace());
    var intent = new Intent(intents, "dead.intent", dead, List.of(), null);
    intent.write();
    Files.createDirectories(spare());
    Files.move(intent.file(), spare().resolve("dead.intent"));
    begin().end();
    begin().end();
    assertThat(in(spare())).hasSize(1).doesNotContain(spare().resolve("dead.intent"));
  }

  @Test
  void aSpareFileThatIsGoneIsMadeAgain() throws IOException {
    begin().end();
    begin().end();
    Files.delete(in(spare()).get(0));
    Files.delete(spare());
    var intent = begin(lock);
    assertThat(Intent.owner(lock)).contains(Owner.self());
    intent.end();
  }
}
