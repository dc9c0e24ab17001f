package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.git.jgit.internal.text.GitText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Finds one ref in a large {@code packed-refs} without reading all of it: a binary search in the
 * file, as Git does in its mapping of it. With 50,000 refs a few KiB are read of three MiB.
 */
final class PackedFile {
  /** Up to so many bytes the file is read whole. */
  private static final int SMALL = 64 << 10;

  /** So many bytes are read at the end of the search. */
  private static final int LAST = 8 << 10;

  /** More than most lines have. */
  private static final int WINDOW = 512;

  private PackedFile() {}

  /** The part of the file in which a ref is, if anywhere, with the record behind it. */
  static PackedRefs around(Path path, String name) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      long size = file.length();
      if (size <= SMALL) {
        return PackedRefs.of(read(file, 0, (int) size));
      }
      var header = line(file, 0, size);
      if (!PackedRefs.isSorted(header)) {
        return PackedRefs.of(read(file, 0, Math.toIntExact(size)));
      }
      return PackedRefs.part(search(file, header.length, size, name));
    } catch (FileNotFoundException e) {
      if (path.toFile().exists()) {
        throw e; // may not be read
      }
      return PackedRefs.of(new byte[0]);
    }
  }

  private static byte[] search(RandomAccessFile file, long start, long size, String name)
      throws IOException {
    var wanted = GitText.bytes(name);
    // The wanted record begins at or behind low, and before high.
    long low = start;
    long high = size;
    while (high - low > LAST) {
      long middle = nextRecord(file, (low + high) >>> 1, size);
      if (middle >= high) {
        break; // one very long line
      }
      if (PackedRefs.part(line(file, middle, size)).compareFirst(wanted) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    var behind = high < size ? line(file, high, size).length : 0;
    return read(file, low, Math.toIntExact(high - low + behind));
  }

  /** Where the first record begins behind a position, or the end of the file. */
  private static long nextRecord(RandomAccessFile file, long from, long size) throws IOException {
    long at = from + line(file, from, size).length;
    while (at < size && read(file, at, 1)[0] == '^') {
      at += line(file, at, size).length;
    }
    return at;
  }

  /** The line that begins at a position, or the rest of one. */
  private static byte[] line(RandomAccessFile file, long from, long size) throws IOException {
    for (int length = WINDOW; ; length *= 2) {
      var bytes = read(file, from, (int) Math.min(length, size - from));
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          return Arrays.copyOf(bytes, i + 1);
        }
      }
      if (from + bytes.length >= size) {
        return bytes;
      }
    }
  }

  private static byte[] read(RandomAccessFile file, long from, int length) throws IOException {
    var bytes = new byte[length];
    file.seek(from);
    file.readFully(bytes);
    return bytes;
  }
}
