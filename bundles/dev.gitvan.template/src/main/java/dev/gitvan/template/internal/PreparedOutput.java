package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.Artifact;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;

/**
 * An output that only lacks its name. Closing it removes whatever is not the target: the temporary
 * file, the copy of the content that it replaced, and the folders that were made for nothing.
 */
final class PreparedOutput implements Closeable {
  private final OutputPath path;
  private final OutputSpool spool;
  private final Artifact artifact;
  private final boolean change;
  private final Optional<OutputFolder.Existing> before;
  private String kept;

  private PreparedOutput(
      OutputPath path,
      OutputSpool spool,
      Artifact artifact,
      boolean change,
      Optional<OutputFolder.Existing> before) {
    this.path = path;
    this.spool = spool;
    this.artifact = artifact;
    this.change = change;
    this.before = before;
  }

  /** Prepares what a spool has taken. */
  static PreparedOutput of(OutputPath path, OutputSpool spool, OutputPlace place, boolean sync)
      throws IOException {
    var sum = Sha256.hex(spool.digest());
    spool.follow(path);
    var artifact = new Artifact(path.toString(), sum, spool.size());
    var target = spool.isInMemory() ? place.folder() : spool.temporary().folder();
    var existing = target == null ? Optional.<OutputFolder.Existing>empty() : target.find(path);
    if (existing.isPresent() && isUnchanged(path, target, existing.get(), spool, sum)) {
      return new PreparedOutput(path, spool, artifact, false, Optional.empty());
    }
    var temporary = spool.complete(place::openTemporaryHere);
    var folder = temporary.folder();
    if (folder != target || spool.isPaced()) {
      existing = folder.find(path);
    }
    if (existing.isPresent() && existing.get().permissions() != null) {
      folder.setPermissions(temporary.name(), existing.get().permissions());
    }
    if (sync && temporary.channel() instanceof FileChannel file) {
      file.force(true);
    }
    temporary.channel().close();
    return new PreparedOutput(path, spool, artifact, true, existing);
  }

  OutputPath path() {
    return path;
  }

  Artifact artifact() {
    return artifact;
  }

  /** Whether the file has another content now. */
  boolean isChange() {
    return change;
  }

  /** Keeps a copy of the content that is there, so that {@link #rollBack} can bring it back. */
  void keep() throws IOException {
    if (before.isEmpty()) {
      return;
    }
    var folder = folder();
    var name = OutputFolder.temporaryName();
    kept = name;
    try (var in = Channels.newInputStream(folder.read(path.name()));
        var out = Channels.newOutputStream(folder.create(name))) {
      in.transferTo(out);
    }
    folder.setModified(name, before.get().modified());
    if (before.get().permissions() != null) {
      folder.setPermissions(name, before.get().permissions());
    }
  }

  /**
   * Gives the output its name.
   *
   * @throws GitVanException {@code OUTPUT_SYMLINK}, {@code OUTPUT_NOT_A_FILE} for what has come in
   *     its place, {@code OUTPUT_CHANGED} when its folder has gone elsewhere
   */
  void commit() throws IOException {
    if (!folder().isInPlace(path)) {
      throw GitVanException.of(
          Codes.OUTPUT_CHANGED,
          path.toString(),
          "another process replaced its folder while it was written",
          "Run it again.");
    }
    folder().find(path);
    folder().rename(spool.temporary().name(), path.name());
    spool.committed();
  }

  /**
   * As {@link #commit}, unless somebody else has touched the file since it was prepared.
   *
   * @throws GitVanException {@code OUTPUT_CHANGED}
   */
  void commitUnlessTouched() throws IOException {
    if (!folder().find(path).equals(before)) {
      throw GitVanException.of(
          Codes.OUTPUT_CHANGED,
          path.toString(),
          "another process changed it while the plan was applied",
          "Apply it again.");
    }
    commit();
  }

  /**
   * Undoes {@link #commit}.
   *
   * @return empty when the file is as it was; else what is left of it, for people
   */
  Optional<String> rollBack() {
    var copy = kept;
    // Whatever happens now, the old content must not be lost.
    kept = null;
    try {
      if (copy != null) {
        folder().rename(copy, path.name());
      } else {
        folder().delete(path.name());
      }
      spool.rolledBack();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          copy == null
              ? path + " was created"
              : path + " has its new content; the old content is next to it, in " + copy);
    }
  }

  private OutputFolder folder() {
    return spool.temporary().folder();
  }

  @Override
  public void close() throws IOException {
    try {
      if (kept != null) {
        folder().delete(kept);
      }
    } catch (NoSuchFileException e) {
      // It could not even be made.
    } finally {
      spool.close();
    }
  }

  private static boolean isUnchanged(
      OutputPath path,
      OutputFolder folder,
      OutputFolder.Existing existing,
      OutputSpool spool,
      String sum)
      throws IOException {
    if (existing.size() != spool.size()) {
      return false;
    }
    try (var channel = folder.read(path.name())) {
      if (spool.isInMemory()) {
        var content = Channels.newInputStream(channel).readNBytes((int) spool.size() + 1);
        return Arrays.equals(content, spool.inMemory());
      }
      return sum.equals(Sha256.hex(channel));
    }
  }
}
