package dev.gitvan.git.jgit.internal.refs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.jgit.internal.refs.PackedRefs.Value;
import dev.gitvan.testkit.GitSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedRefsTest {
  @TempDir Path directory;

  private static ObjectId id(int i) {
    return ObjectId.fromString("%040x".formatted(i + 1));
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  /** Against a map, with names that share beginnings, and peeled tags between. */
  @Test
  void isAMapOfRefs() {
    var random = new Random(7);
    var model = new TreeMap<String, Value>();
    var packed = PackedRefs.of(new byte[0]);
    for (int round = 0; round < 60; round++) {
      var change = new TreeMap<String, Value>();
      for (int i = 0; i < 1 + random.nextInt(5); i++) {
        var name =
            "refs/"
                + (random.nextBoolean() ? "heads/" : "tags/")
                + "x".repeat(random.nextInt(3))
                + random.nextInt(40)
                + (random.nextInt(5) == 0 ? "/ü" : "");
        change.put(name, new Value(id(random.nextInt()), random.nextInt(3) == 0 ? id(i) : null));
      }
      for (var name : List.copyOf(model.keySet())) {
        if (random.nextInt(20) == 0) {
          change.put(name, null);
        }
      }
      model.putAll(change);
      model.values().removeIf(Objects::isNull);
      packed = PackedRefs.of(packed.with(change).bytes());
      for (var entry : model.entrySet()) {
        assertThat(packed.find(entry.getKey())).isEqualTo(entry.getValue().id());
      }
      assertThat(packed.find("refs/heads/none")).isNull();
      assertThat(packed.find("refs/a")).isNull();
      assertThat(packed.find("refs/z")).isNull();
    }
    var expected = new StringBuilder("# pack-refs with: peeled fully-peeled sorted \n");
    model.forEach(
        (name, value) -> {
          expected.append(value.id().name()).append(' ').append(name).append('\n');
          expected.append(value.peeled() == null ? "" : "^" + value.peeled().name() + "\n");
        });
    assertThat(text(packed.with(new TreeMap<>()).bytes())).isEqualTo(expected.toString());
    Predicate<String> none = name -> false;
    assertThat(packed.findBelow("refs/heads/", none)).startsWith("refs/heads/");
    assertThat(packed.findBelow("refs/notes/", none)).isNull();
  }

  @Test
  void anOldFileIsSortedOnceAndKeepsWhatItKnows() {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 20; i++) {
      lines.add(id(i).name() + " refs/tags/v" + i + "\n^" + id(100 + i).name() + "\n");
    }
    Collections.shuffle(lines, new Random(3));
    var old = "# pack-refs with: peeled \n" + String.join("", lines);
    var packed = PackedRefs.of(old.getBytes(StandardCharsets.UTF_8));
    var content =
        text(
            packed.with(new TreeMap<>(Map.of("refs/heads/main", new Value(id(50), null)))).bytes());
    assertThat(content).startsWith("# pack-refs with: peeled sorted \n" + id(50).name());
    assertThat(content).contains(id(7).name() + " refs/tags/v7\n^" + id(107).name() + "\n");
    var headless = PackedRefs.of((id(1).name() + " refs/heads/a").getBytes(StandardCharsets.UTF_8));
    assertThat(headless.find("refs/heads/a")).isEqualTo(id(1));
  }

  /** Shown to fail when the search forgets that a tag has two lines. */
  @Test
  void aLargeFileIsSearchedWhereItLies() throws Exception {
    var random = new Random(11);
    var model = new TreeMap<String, Value>();
    for (int i = 0; i < 4000; i++) {
      var name = "refs/tags/" + "long/".repeat(random.nextInt(30)) + random.nextInt(100_000);
      model.put(name, new Value(id(i), random.nextInt(3) == 0 ? id(-i) : null));
    }
    var file = directory.resolve("packed-refs");
    try (var out = Files.newOutputStream(file)) {
      PackedRefs.of(new byte[0]).with(model).writeTo(out);
    }
    assertThat(file).hasBinaryContent(PackedRefs.of(new byte[0]).with(model).bytes());
    assertThat(Files.size(file)).isGreaterThan(200 << 10);
    for (var entry : model.entrySet()) {
      var name = entry.getKey();
      assertThat(PackedFile.around(file, name).find(name)).isEqualTo(entry.getValue().id());
      var absent = name + "x";
      assertThat(PackedFile.around(file, absent).find(absent)).isNull();
      var folder = name.substring(0, name.lastIndexOf('/') + 1);
      assertThat(PackedFile.around(file, folder).findBelow(folder, ref -> false))
          .isEqualTo(model.ceilingKey(folder));
    }
    assertThat(PackedFile.around(file, "refs/a").find("refs/a")).isNull();
    assertThat(PackedFile.around(file, "refs/z").findBelow("refs/z", ref -> false)).isNull();
  }

  @Test
  void gitReadsWhatIsWritten() throws Exception {
    var git = GitSandbox.init(directory);
    var head = ObjectId.fromString(git.commit("a", "1", "one"));
    git.git("tag", "-a", "annotated", "-m", "m");
    git.git("pack-refs", "--all");
    var file = git.root().resolve(".git/packed-refs");
    var packed = PackedRefs.read(file);
    var values = new TreeMap<String, Value>();
    for (int i = 0; i < 300; i++) {
      values.put("refs/heads/b" + i, new Value(head, null));
    }
    Files.write(file, packed.with(values).bytes());
    assertThat(git.git("for-each-ref", "--format=%(objectname)", "refs/heads").split("\n"))
        .hasSize(301);
    assertThat(git.git("rev-parse", "b77", "annotated^{}"))
        .isEqualTo(head.name() + "\n" + head.name());
    git.git("pack-refs", "--all");
    assertThat(git.git("fsck")).isEmpty();
  }
}
