package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.git.jgit.internal.command.GitCall;
import dev.gitvan.git.jgit.internal.read.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A place outside the repository for objects that nobody may want, and for an index to try things
 * with. Everything of it is gone when it is closed.
 */
final class Quarantine implements AutoCloseable {
  private final Path folder;
  private final Path objects;
  private final Path alternate;

  Quarantine(View view) {
    try {
      this.folder = Files.createTempDirectory("gitvan-objects");
      this.objects = Files.createDirectory(folder.resolve("objects"));
      this.alternate = view.worktree().repository().commonDir().resolve("objects");
    } catch (IOException e) {
      throw FileProblem.of(e, Path.of(System.getProperty("java.io.tmpdir"))).toException(e);
    }
  }

  /** The same call, its new objects going here. */
  GitCall objects(GitCall call) {
    return call.variable("GIT_OBJECT_DIRECTORY", objects.toString())
        .variable("GIT_ALTERNATE_OBJECT_DIRECTORIES", quoted(alternate));
  }

  /** The same call, with this index too. */
  GitCall index(GitCall call) {
    return objects(call).variable("GIT_INDEX_FILE", index().toString());
  }

  /** The index's file. */
  Path index() {
    return folder.resolve("index");
  }

  /** Several could be given, with colons between. */
  private static String quoted(Path path) {
    var text = path.toString();
    return text.contains(":")
            && !text.contains("\"")
            && System.getProperty("path.separator").equals(":")
        ? "\"" + text + "\""
        : text;
  }

  @Override
  public void close() {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      // It lies where temporary files are cleaned up.
    }
  }
}
