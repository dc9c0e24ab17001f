package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.Artifact;
import dev.gitvan.template.Templates.Written;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Writes one output: what is small is held in memory until it is known whether anything changes,
 * the rest goes to a temporary file beside the target. Whatever fails, the target stays as it was
 * and nothing else is left.
 */
final class OutputFile {
  /** The same folder may be made by two runs at once, and one then loses its own. */
  private static final int ATTEMPTS = 5;

  private final OutputPath path;
  private final boolean sync;

  /**
   * @param sync whether the content is synced to the disk before it takes its name
   */
  OutputFile(OutputPath path, boolean sync) {
    this.path = path;
    this.sync = sync;
  }

  /** Names the output: the exception knows the temporary file, which tells nobody anything. */
  private GitVanException failure(IOException failure) {
    var problem = FileProblem.of(failure, path.file());
    return new Problem(problem.code(), path.toString(), problem.what(), problem.remedy())
        .toException(failure);
  }

  /** What fills the file. */
  @FunctionalInterface
  interface Content {
    void writeTo(Writer out) throws IOException;
  }

  /** Writes it; see {@link dev.gitvan.template.Templates.TemplateSet#write}. */
  Written write(Content content) {
    try (var spool = new OutputSpool(this::openTemporary)) {
      check();
      var writer = new BufferedWriter(new OutputStreamWriter(spool, StandardCharsets.UTF_8), 8192);
      content.writeTo(writer);
      writer.flush();
      var sum = Sha256.hex(spool.digest());
      var artifact = new Artifact(path.toString(), sum, spool.size());
      if (isUnchanged(spool, sum)) {
        return new Written(artifact, false);
      }
      commit(spool);
      return new Written(artifact, true);
    } catch (ClosedByInterruptException e) {
      throw GitVanException.of(Codes.INTERRUPTED, path.toString(), "writing was interrupted", "");
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The file's content now; empty when there is none. Fails as {@link #write} would. */
  Optional<byte[]> existing() {
    try (var folder = OutputFolder.open(path, false).orElse(null)) {
      if (folder == null || folder.find(path).isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(read(folder, Integer.MAX_VALUE - 8));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Fails before anything is rendered, if the target cannot be written. */
  private void check() throws IOException {
    try (var folder = OutputFolder.open(path, false).orElse(null)) {
      if (folder != null) {
        folder.find(path);
      }
    }
  }

  private OutputSpool.Temporary openTemporary() throws IOException {
    for (int attempt = 1; ; attempt++) {
      var folder = OutputFolder.open(path, true).orElseThrow();
      var name = OutputFolder.temporaryName();
      boolean opened = false;
      try {
        var temporary = new OutputSpool.Temporary(folder, name, folder.create(name));
        opened = true;
        return temporary;
      } catch (NoSuchFileException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      } finally {
        if (!opened) {
          folder.removeMadeFolders();
          folder.close();
        }
      }
    }
  }

  private boolean isUnchanged(OutputSpool spool, String sum) throws IOException {
    var opened = spool.temporary();
    if (opened != null) {
      return isUnchanged(opened.folder(), spool, sum);
    }
    try (var folder = OutputFolder.open(path, false).orElse(null)) {
      return folder != null && isUnchanged(folder, spool, sum);
    }
  }

  private boolean isUnchanged(OutputFolder folder, OutputSpool spool, String sum)
      throws IOException {
    var existing = folder.find(path);
    if (existing.isEmpty() || existing.get().size() != spool.size()) {
      return false;
    }
    if (spool.isInMemory()) {
      return Arrays.equals(read(folder, (int) spool.size() + 1), spool.inMemory());
    }
    var digest = Sha256.digest();
    try (var channel = folder.read(path.name())) {
      var buffer = java.nio.ByteBuffer.allocate(1 << 16);
      while (channel.read(buffer.clear()) >= 0) {
        digest.update(buffer.flip());
      }
    }
    return Sha256.hex(digest).equals(sum);
  }

  private byte[] read(OutputFolder folder, int limit) throws IOException {
    try (var channel = folder.read(path.name());
        var in = java.nio.channels.Channels.newInputStream(channel)) {
      return in.readNBytes(limit);
    }
  }

  private void commit(OutputSpool spool) throws IOException {
    var temporary = spool.complete();
    var folder = temporary.folder();
    var existing = folder.find(path);
    if (existing.isPresent() && existing.get().permissions() != null) {
      folder.setPermissions(temporary.name(), existing.get().permissions());
    }
    if (sync && temporary.channel() instanceof FileChannel file) {
      file.force(true);
    }
    temporary.channel().close();
    folder.rename(temporary.name(), path.name());
    spool.committed();
  }
}
