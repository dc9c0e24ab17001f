package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.Artifact;
import dev.gitvan.template.Templates.Rendered;
import dev.gitvan.template.Templates.Written;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes one output: what is small is held in memory until it is known whether anything changes,
 * the rest goes to a temporary file beside the target. Whatever fails, the target stays as it was
 * and nothing else is left.
 */
final class OutputFile {
  private final OutputPath path;
  private final boolean sync;
  private final Pace pace;

  /**
   * @param sync whether the content is synced to the disk before it takes its name
   */
  OutputFile(OutputPath path, boolean sync) {
    this(path, sync, Pace.NONE);
  }

  /**
   * @param sync whether the content is synced to the disk before it takes its name
   * @param pace how fast it is written
   */
  OutputFile(OutputPath path, boolean sync, Pace pace) {
    this.path = path;
    this.sync = sync;
    this.pace = pace;
  }

  /** What fills the file. */
  @FunctionalInterface
  interface Content {
    void writeTo(Writer out) throws IOException;
  }

  /** What fills the file with bytes. */
  @FunctionalInterface
  interface Bytes {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Text as the bytes that are written. */
  static Bytes encoded(Content content) {
    return out -> {
      var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 8192);
      content.writeTo(writer);
      writer.flush();
    };
  }

  OutputPath path() {
    return path;
  }

  /**
   * Writes it; see {@link dev.gitvan.template.Templates.TemplateSet#write}.
   *
   * @param beforeCommit receives an output that differs from the file, before it takes its name
   */
  Written write(Content content, Consumer<Artifact> beforeCommit) {
    try (var prepared = prepare(encoded(content))) {
      boolean changed = prepared.isChange();
      if (changed) {
        beforeCommit.accept(prepared.artifact());
        prepared.commit();
      }
      return new Written(prepared.artifact(), changed, Rendered.NOW);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Does everything but giving the output its name. Closing it removes what was not committed.
   *
   * @throws GitVanException what {@link #write} throws
   */
  PreparedOutput prepare(Bytes content) {
    // Fails before anything is rendered, if the target cannot be written.
    try (var place = OutputPlace.of(path)) {
      return prepare(content, place);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private PreparedOutput prepare(Bytes content, OutputPlace place) throws IOException {
    var spool = new OutputSpool(place::openTemporary, pace);
    boolean prepared = false;
    try {
      content.writeTo(spool);
      var result = PreparedOutput.of(path, spool, place, sync);
      prepared = true;
      return result;
    } finally {
      if (!prepared) {
        discard(spool);
      }
    }
  }

  private static void discard(OutputSpool spool) {
    try {
      spool.close();
    } catch (IOException e) {
      // What made it fail is on its way to the caller, and says more.
    }
  }

  /** Names the output: the exception knows the temporary file, which means nothing to the user. */
  GitVanException failure(IOException failure) {
    return FileProblem.of(failure, path.file()).at(path.toString()).toException(failure);
  }

  /**
   * The file's content now; empty when there is none. Fails as {@link #write} would.
   *
   * @param limit no more bytes than these are read
   */
  Optional<byte[]> existing(int limit) {
    try (var folder = OutputFolder.open(path, false).orElse(null)) {
      if (folder == null || folder.find(path).isEmpty()) {
        return Optional.empty();
      }
      try (var in = Channels.newInputStream(folder.read(path.name()))) {
        return Optional.of(in.readNBytes(limit));
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The SHA-256 digest of the file's content now; empty when there is none. */
  Optional<String> sum() {
    try (var folder = OutputFolder.open(path, false).orElse(null)) {
      if (folder == null || folder.find(path).isEmpty()) {
        return Optional.empty();
      }
      try (var channel = folder.read(path.name())) {
        return Optional.of(Sha256.hex(channel));
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Copies the file's content as it is now; nothing when there is none. */
  void copyTo(OutputStream out) throws IOException {
    try (var folder = OutputFolder.open(path, false).orElse(null)) {
      if (folder != null && folder.find(path).isPresent()) {
        try (var in = Channels.newInputStream(folder.read(path.name()))) {
          in.transferTo(out);
        }
      }
    }
  }

  /** Whether there is such a file. Fails as {@link #write} would. */
  boolean exists() {
    try (var folder = OutputFolder.open(path, false).orElse(null)) {
      return folder != null && folder.find(path).isPresent();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
