package dev.gitvan.template.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Takes an output's bytes, the first in memory, and more in a temporary file. Unless it is {@link
 * #committed}, closing it removes that file and the folders that were made for it.
 */
final class OutputSpool extends OutputStream {
  private static final int IN_MEMORY = 256 << 10;

  private final Opener opener;
  private final Pace pace;
  private final MessageDigest digest = Sha256.digest();
  private byte[] buffer = new byte[8192];
  private int held;
  private long size;
  private Temporary temporary;
  private boolean committed;
  private boolean rolledBack;

  /**
   * @param pace how fast it goes to the temporary file
   */
  OutputSpool(Opener opener, Pace pace) {
    this.opener = opener;
    this.pace = pace;
  }

  /** Makes the temporary file. */
  @FunctionalInterface
  interface Opener {
    Temporary open() throws IOException;
  }

  /** A temporary file that is open. */
  record Temporary(OutputFolder folder, String name, SeekableByteChannel channel) {}

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    digest.update(bytes, from, length);
    size += length;
    if (temporary == null && held + length > IN_MEMORY) {
      spill(opener);
    }
    if (temporary != null) {
      pace.await(length);
      writeOut(bytes, from, length);
      return;
    }
    if (held + length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, held + length));
    }
    System.arraycopy(bytes, from, buffer, held, length);
    held += length;
  }

  private void spill(Opener opener) throws IOException {
    // Not begun before all that is held may be written: nothing is left by a process killed here.
    pace.await(held);
    temporary = opener.open();
    writeOut(buffer, 0, held);
    buffer = new byte[0];
    held = 0;
  }

  private void writeOut(byte[] bytes, int from, int length) throws IOException {
    var rest = ByteBuffer.wrap(bytes, from, length);
    while (rest.hasRemaining()) {
      temporary.channel().write(rest);
    }
  }

  long size() {
    return size;
  }

  MessageDigest digest() {
    return digest;
  }

  /** Null as long as everything is in memory. */
  Temporary temporary() {
    return temporary;
  }

  boolean isInMemory() {
    return temporary == null;
  }

  byte[] inMemory() {
    return Arrays.copyOf(buffer, held);
  }

  /**
   * The temporary file with everything in it.
   *
   * @param atOnce makes it where there is none yet and nothing is waited for
   */
  Temporary complete(Opener atOnce) throws IOException {
    if (temporary == null) {
      spill(isPaced() ? opener : atOnce);
    }
    return temporary;
  }

  /** Whether writing may have to wait. */
  boolean isPaced() {
    return pace != Pace.NONE;
  }

  /**
   * Takes the temporary file to the folder that the output's path names now, if that is another one
   * than when it was made. What was written is read from the file that is open, which may have been
   * deleted.
   *
   * @throws dev.gitvan.diagnostics.GitVanException when there is no folder now, but something else
   */
  void follow(OutputPath path) throws IOException {
    if (temporary == null || temporary.folder().isInPlace(path)) {
      return;
    }
    var left = temporary;
    var next = opener.open();
    boolean taken = false;
    try {
      copy(left.channel(), next.channel());
      temporary = next;
      taken = true;
    } finally {
      if (!taken) {
        discard(next);
      }
    }
    discard(left);
  }

  private static void copy(SeekableByteChannel from, SeekableByteChannel to) throws IOException {
    var bytes = ByteBuffer.allocate(1 << 16);
    from.position(0);
    while (from.read(bytes.clear()) >= 0) {
      bytes.flip();
      while (bytes.hasRemaining()) {
        to.write(bytes);
      }
    }
  }

  /** The temporary file has taken the target's name. */
  void committed() {
    committed = true;
  }

  /** And has lost it again. */
  void rolledBack() {
    rolledBack = true;
  }

  @Override
  public void close() throws IOException {
    if (temporary == null) {
      return;
    }
    if (!committed) {
      discard(temporary);
      return;
    }
    try (var folder = temporary.folder()) {
      temporary.channel().close();
      if (rolledBack) {
        folder.removeMadeFolders();
      }
    }
  }

  private static void discard(Temporary temporary) throws IOException {
    try (var folder = temporary.folder()) {
      temporary.channel().close();
      try {
        folder.delete(temporary.name());
      } catch (NoSuchFileException e) {
        // Somebody has deleted it, with its folder.
      }
      folder.removeMadeFolders();
    }
  }
}
