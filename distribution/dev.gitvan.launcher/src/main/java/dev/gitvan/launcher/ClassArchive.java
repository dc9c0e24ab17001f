package dev.gitvan.launcher;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The JVM's class archive (AppCDS, from Java 25 the AOT cache), which takes a third off the time
 * until a command runs.
 *
 * <p>{@code bin/gitvan} uses the archive if it is there and has the size and time that were
 * recorded beside it, and deletes it otherwise: a damaged archive crashes the JVM. Its name has the
 * version of Java and the identity of the distribution's content in it, because Java 25 does not
 * notice that jars have changed. If it is not there, this class has it made by a process in the
 * background, which starts after the command and puts the archive in place in one step. The user
 * waits for none of it and sees none of it.
 */
final class ClassArchive {
  /** System property that {@code bin/gitvan} sets to the archive's path; unset for none. */
  static final String PATH = "gitvan.archive";

  /** Environment variable of the user: {@code never} has no archive made. */
  static final String RECORDING = "GITVAN_ARCHIVE_RECORDING";

  /** System property: {@code true} makes the launcher run the training commands instead. */
  static final String TRAINING = "gitvan.training";

  /** Environment variable that makes {@code bin/gitvan} record the archive that it names. */
  private static final String RECORDER = "GITVAN_ARCHIVE_RECORDER";

  /** A recording that has not ended by then never will. */
  static final Duration RECORDING_LIMIT = Duration.ofMinutes(5);

  private final Path archive;
  private final Path script;

  /** The archive at a path, recorded by {@code bin/gitvan}. */
  ClassArchive(Path archive, Path script) {
    this.archive = archive;
    this.script = script;
  }

  /** Has the archive made if there is none. */
  void ensure() {
    try {
      if (!Files.exists(archive) && claim(Instant.now())) {
        record();
      }
    } catch (IOException e) {
      // Without an archive everything works, only slower.
    }
  }

  /** Whether this process is to record: one does, and what was never fulfilled lapses. */
  boolean claim(Instant now) throws IOException {
    Path claim = archive.resolveSibling(archive.getFileName() + ".claim");
    PrivateHome.createDirectories(archive.getParent());
    try {
      if (Files.getLastModifiedTime(claim).toInstant().isAfter(now.minus(RECORDING_LIMIT))) {
        return false;
      }
      Files.deleteIfExists(claim);
    } catch (NoSuchFileException e) {
      // Nobody records.
    }
    try {
      Files.createFile(claim);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private void record() throws IOException {
    var recorder = new ProcessBuilder("nice", "sh", script.toString());
    recorder.environment().put(RECORDER, archive.toString());
    recorder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    recorder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    recorder.redirectError(ProcessBuilder.Redirect.DISCARD);
    recorder.start();
  }
}
