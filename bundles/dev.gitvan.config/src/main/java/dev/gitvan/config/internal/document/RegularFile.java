package dev.gitvan.config.internal.document;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;

/** Reads a regular file, and nothing that only looks like one. */
public final class RegularFile {
  private static final Set<? extends java.nio.file.OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private RegularFile() {}

  /**
   * The bytes of a configuration file.
   *
   * @throws GitVanException {@code CONFIG_NOT_REGULAR}, {@code CONFIG_TOO_LARGE}, {@code
   *     ACCESS_DENIED} or {@code IO_ERROR}
   */
  public static byte[] readConfiguration(Path file, String name, long maxBytes) {
    return read(file, name, Limits.configuration(maxBytes));
  }

  /**
   * The file's bytes.
   *
   * @param limits its size limit and how going over it is called
   */
  static byte[] read(Path file, String name, Limits limits) {
    try {
      // Opening a FIFO would wait for its writer, and Java cannot open without waiting: look first.
      var before = attributes(file);
      check(before, name, limits);
      try (var channel = Files.newByteChannel(file, READ)) {
        var after = attributes(file);
        if (!Objects.equals(before.fileKey(), after.fileKey())) {
          check(after, name, limits);
        }
        return read(channel, before.size(), name, limits);
      }
    } catch (NoSuchFileException e) {
      throw GitVanException.of(Codes.IO_ERROR, name, "there is no such file", "Check its name.");
    } catch (IOException e) {
      throw FileProblem.of(e, file).toException(e);
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static void check(BasicFileAttributes attributes, String name, Limits limits) {
    if (!attributes.isRegularFile()) {
      var kind =
          attributes.isSymbolicLink()
              ? "a symbolic link"
              : attributes.isDirectory() ? "a directory" : "a FIFO, socket or device";
      throw GitVanException.of(
          Codes.CONFIG_NOT_REGULAR,
          name,
          "is " + kind + ", not a regular file",
          "Replace it with a regular file.");
    }
    if (attributes.size() > limits.maxBytes()) {
      throw tooLarge(name, limits);
    }
  }

  private static byte[] read(SeekableByteChannel channel, long size, String name, Limits limits)
      throws IOException {
    var buffer = ByteBuffer.allocate((int) size + 1);
    var out = new ByteArrayOutputStream((int) size);
    while (channel.read(buffer) >= 0) {
      out.write(buffer.array(), 0, buffer.position());
      buffer.clear();
      if (out.size() > limits.maxBytes()) {
        throw tooLarge(name, limits);
      }
    }
    return out.toByteArray();
  }

  static GitVanException tooLarge(String name, Limits limits) {
    return GitVanException.of(
        limits.tooLarge(),
        name,
        "the file is larger than " + dev.gitvan.config.Quantities.format(limits.maxBytes()),
        "Make the file smaller.");
  }
}
