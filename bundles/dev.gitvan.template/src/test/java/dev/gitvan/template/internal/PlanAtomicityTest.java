package dev.gitvan.template.internal;

import static dev.gitvan.template.internal.TemplatesFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.document.Place;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Force;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plan changes all of its files or none. Seen to fail: without {@link PreparedOutput#rollBack}
 * the first files stay changed; without {@link PreparedOutput#keep} a file that was replaced is
 * gone; without {@link PreparedOutput#commitUnlessTouched} another's edit is lost.
 */
class PlanAtomicityTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

  @TempDir Path directory;
  private TemplatesFixture fixture;

  @BeforeEach
  void repository() throws IOException {
    fixture = new TemplatesFixture(directory);
    fixture.git.write("b/old.txt", "old content\n");
    Files.setLastModifiedTime(fixture.path("b/old.txt"), LONG_AGO);
  }

  /**
   * Writes the same into new/deep/a.txt, b/old.txt and c.txt; something happens before a rename.
   */
  private void apply(String beforePath, Runnable action) {
    var files = new ArrayList<PlannedFile>();
    for (var path : List.of("new/deep/a.txt", "b/old.txt", "c.txt", "new/z.txt")) {
      var output = OutputPath.of(fixture.git.worktree(), path);
      var file = new PlannedFile(new OutputFile(output, true));
      file.add(new PlannedFile.Write(Place.of("t.peb"), Force.OVERWRITE));
      files.add(file);
    }
    Consumer<String> observer =
        path -> {
          if (path.equals(beforePath)) {
            action.run();
          }
        };
    new Plan(files, new RenderedBody("t.peb", out -> out.write("new content\n")), observer).apply();
  }

  private void run(IoAction action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface IoAction {
    void run() throws IOException;
  }

  /** Every file and folder, with its content. */
  private Map<String, String> tree() throws IOException {
    var tree = new TreeMap<String, String>();
    try (var paths = Files.walk(fixture.git.root())) {
      for (var path : paths.toList()) {
        var name = fixture.git.root().relativize(path).toString();
        if (!name.startsWith(".git") && !name.isEmpty()) {
          tree.put(name, Files.isDirectory(path) ? "folder" : Files.readString(path));
        }
      }
    }
    return tree;
  }

  @Test
  void allAreWrittenAndNothingElseIsLeft() throws IOException {
    apply("", () -> {});

    assertThat(tree())
        .isEqualTo(
            Map.of(
                "new", "folder",
                "new/deep", "folder",
                "new/deep/a.txt", "new content\n",
                "new/z.txt", "new content\n",
                "b", "folder",
                "b/old.txt", "new content\n",
                "c.txt", "new content\n"));
  }

  @Test
  void whenTheLastCannotBeWrittenTheOthersAreAsTheyWere() throws IOException {
    var before = tree();

    assertThat(
            failure(
                    () ->
                        apply(
                            "c.txt", () -> run(() -> Files.createDirectory(fixture.path("c.txt")))))
                .code())
        .isEqualTo(Codes.OUTPUT_NOT_A_FILE);

    Files.delete(fixture.path("c.txt"));
    assertThat(tree()).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(fixture.path("b/old.txt"))).isEqualTo(LONG_AGO);
  }

  @Test
  void aSymbolicLinkThatComesInBetweenIsNotFollowed() throws IOException {
    var before = tree();
    var outside = Files.writeString(directory.resolve("outside.txt"), "outside\n");

    assertThat(
            failure(
                    () ->
                        apply(
                            "c.txt",
                            () ->
                                run(
                                    () ->
                                        Files.createSymbolicLink(fixture.path("c.txt"), outside))))
                .code())
        .isEqualTo(Codes.OUTPUT_SYMLINK);

    Files.delete(fixture.path("c.txt"));
    assertThat(tree()).isEqualTo(before);
    assertThat(outside).hasContent("outside\n");
  }

  @Test
  void whatSomebodyElseWritesMeanwhileIsNotLost() throws IOException {
    var failure =
        failure(
            () ->
                apply(
                    "b/old.txt",
                    () -> run(() -> Files.writeString(fixture.path("b/old.txt"), "edited"))));

    assertThat(failure)
        .hasMessage(
            "OUTPUT_CHANGED b/old.txt: another process changed it while the plan was applied."
                + " Apply it again.");
    assertThat(tree()).isEqualTo(Map.of("b", "folder", "b/old.txt", "edited"));

    assertThat(
            failure(
                    () ->
                        apply(
                            "c.txt",
                            () -> run(() -> Files.writeString(fixture.path("c.txt"), "theirs"))))
                .code())
        .isEqualTo(Codes.OUTPUT_CHANGED);
    assertThat(fixture.git.read("c.txt")).isEqualTo("theirs");
  }

  @Test
  void whatCannotBePutBackIsToldAndNotThrownAway() throws IOException {
    var failure =
        failure(
            () ->
                apply(
                    "c.txt",
                    () ->
                        run(
                            () -> {
                              Files.delete(fixture.path("b/old.txt"));
                              Files.createDirectory(fixture.path("b/old.txt"));
                              Files.createDirectory(fixture.path("b/old.txt/full"));
                              Files.createDirectory(fixture.path("c.txt"));
                            })));

    assertThat(failure.code()).isEqualTo(Codes.IO_ERROR);
    assertThat(failure)
        .hasMessageContaining(
            "b/old.txt has its new content; the old content is next to it, in .gitvan-");
    assertThat(tree().entrySet().stream().filter(e -> e.getKey().startsWith("b/.gitvan-")))
        .singleElement()
        .satisfies(e -> assertThat(e.getValue()).isEqualTo("old content\n"));
  }

  @Test
  void aFailureOfAnyKindRollsBack() throws IOException {
    var before = tree();

    var failure =
        catchThrowable(
            () ->
                apply(
                    "new/z.txt",
                    () -> {
                      throw new IllegalStateException("stop");
                    }));

    assertThat(failure).hasMessage("stop");
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void whenRenderingFailsNothingIsTouched() throws IOException {
    fixture.template("t.peb", "---\nto: [x/a.txt, b/old.txt]\nforce: overwrite\n---\n{{ nobody }}");
    var before = tree();

    assertThat(failure(() -> fixture.open().apply("t.peb", Map.of())).code())
        .isEqualTo(Codes.TEMPLATE_UNDEFINED);
    assertThat(tree()).isEqualTo(before);
  }
}
