package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.git.jgit.internal.text.GitText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The file {@code packed-refs}, held as its bytes: a ref is found by binary search, and a change
 * copies everything else as it is. With 50,000 refs that is a few milliseconds, where JGit parses
 * and sorts every one.
 */
final class PackedRefs {
  private static final int ID = 40;
  private static final int BUFFER = 64 << 10;
  private static final String HEADER = "# pack-refs with:";
  private static final byte[] NEW =
      (HEADER + " peeled fully-peeled sorted \n").getBytes(StandardCharsets.US_ASCII);

  private final byte[] content;
  private final int start;

  /**
   * A ref's new value.
   *
   * @param peeled what an annotated tag points to, else null
   */
  record Value(ObjectId id, ObjectId peeled) {}

  private PackedRefs(byte[] content, int start) {
    this.content = content;
    this.start = start;
  }

  private static PackedRefs sorted(byte[] content) {
    return new PackedRefs(content, content[0] == '#' ? lineEnd(content, 0) : 0);
  }

  /** A part of a sorted file, without the header: good for finding only. */
  static PackedRefs part(byte[] records) {
    return new PackedRefs(records, 0);
  }

  /** Whether a file with this first line may be searched as it is. */
  static boolean isSorted(byte[] firstLine) {
    var header = new String(firstLine, StandardCharsets.US_ASCII);
    return header.startsWith(HEADER) && header.contains(" sorted");
  }

  /** Reads the file; a missing one is empty. */
  static PackedRefs read(Path file) throws IOException {
    try {
      return of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return of(new byte[0]);
    }
  }

  static PackedRefs of(byte[] content) {
    if (content.length == 0) {
      return sorted(NEW);
    }
    var firstLine = Arrays.copyOf(content, lineEnd(content, 0));
    return sorted(
        isSorted(firstLine) && endsWithLine(content) ? content : sort(content, firstLine));
  }

  private static boolean endsWithLine(byte[] content) {
    return content[content.length - 1] == '\n';
  }

  /** Written by an old Git: sorts it once; what it knows of peeled tags stays. */
  private static byte[] sort(byte[] content, byte[] firstLine) {
    var header = new String(firstLine, StandardCharsets.US_ASCII);
    var text = GitText.raw(content);
    var records = new TreeMap<String, StringBuilder>();
    StringBuilder last = null;
    for (var line : text.split("\n")) {
      if (line.startsWith("^") && last != null) {
        last.append(line).append('\n');
      } else if (!line.startsWith("#") && line.length() > ID) {
        last = new StringBuilder(line).append('\n');
        records.put(line.substring(ID + 1), last);
      }
    }
    var traits = header.startsWith(HEADER) ? header.substring(HEADER.length()).strip() : "";
    var out = new StringBuilder(HEADER).append(traits.isEmpty() ? "" : " " + traits);
    out.append(" sorted \n");
    records.values().forEach(out::append);
    return GitText.raw(out.toString());
  }

  /** The file's content. */
  byte[] bytes() {
    return content;
  }

  /** A ref's id, or null. */
  ObjectId find(String name) {
    var raw = GitText.bytes(name);
    int at = position(raw);
    return at < content.length && compare(at, raw) == 0 ? ObjectId.fromString(content, at) : null;
  }

  /**
   * A ref that begins with a folder such as {@code refs/tags/v1/}, or null.
   *
   * @param ignored whether a ref does not count
   */
  String findBelow(String folder, Predicate<String> ignored) {
    for (int at = position(GitText.bytes(folder)); at < content.length; at = next(at)) {
      int end = lineEnd(content, at) - 1;
      var name = GitText.name(Arrays.copyOfRange(content, at + ID + 1, end));
      if (!name.startsWith(folder)) {
        return null;
      }
      if (!ignored.test(name)) {
        return name;
      }
    }
    return null;
  }

  /** The first record's name against another. */
  int compareFirst(byte[] name) {
    return compare(start, name);
  }

  /**
   * The file's content with some refs set, and some removed.
   *
   * @param values null: the ref is removed
   */
  Edited with(SortedMap<String, Value> values) {
    var sorted = new TreeMap<byte[], Value>(Arrays::compareUnsigned);
    values.forEach((name, value) -> sorted.put(GitText.bytes(name), value));
    var edited = new Edited();
    int copied = 0;
    for (var entry : sorted.entrySet()) {
      int at = position(entry.getKey());
      edited.add(content, copied, at - copied);
      if (entry.getValue() != null) {
        edited.add(line(entry.getValue().id().name() + " ", entry.getKey()));
        if (entry.getValue().peeled() != null) {
          edited.add(line("^" + entry.getValue().peeled().name(), new byte[0]));
        }
      }
      copied = at < content.length && compare(at, entry.getKey()) == 0 ? next(at) : at;
    }
    edited.add(content, copied, content.length - copied);
    return edited;
  }

  /** A new content: pieces of the old one, and what comes between them. */
  static final class Edited implements AtomicFiles.Content {
    private final List<Piece> pieces = new ArrayList<>();

    private record Piece(byte[] bytes, int from, int length) {}

    private void add(byte[] bytes) {
      add(bytes, 0, bytes.length);
    }

    private void add(byte[] bytes, int from, int length) {
      if (length > 0) {
        pieces.add(new Piece(bytes, from, length));
      }
    }

    /** All of it in memory. */
    byte[] bytes() {
      var all = new byte[pieces.stream().mapToInt(Piece::length).sum()];
      int at = 0;
      for (var piece : pieces) {
        System.arraycopy(piece.bytes(), piece.from(), all, at, piece.length());
        at += piece.length();
      }
      return all;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      // Small pieces are gathered: each write is a call of the system.
      var gathered = new BufferedOutputStream(out, BUFFER);
      for (var piece : pieces) {
        // In parts: for each call the runtime copies what it is given once more.
        for (int at = 0; at < piece.length(); at += BUFFER) {
          gathered.write(piece.bytes(), piece.from() + at, Math.min(BUFFER, piece.length() - at));
        }
      }
      gathered.flush();
    }
  }

  private static byte[] line(String start, byte[] name) {
    var line =
        Arrays.copyOf(start.getBytes(StandardCharsets.US_ASCII), start.length() + name.length + 1);
    System.arraycopy(name, 0, line, start.length(), name.length);
    line[line.length - 1] = '\n';
    return line;
  }

  /** Where the first record that is not before a name begins. */
  private int position(byte[] name) {
    int low = start;
    int high = content.length;
    while (low < high) {
      int middle = record(low, (low + high) >>> 1);
      if (compare(middle, name) < 0) {
        low = next(middle);
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Where the record begins that a byte belongs to. */
  private int record(int low, int at) {
    int begin = at;
    while (begin > low && content[begin - 1] != '\n') {
      begin--;
    }
    return begin > low && content[begin] == '^' ? record(low, begin - 1) : begin;
  }

  /** The record behind one, past its line with the peeled id. */
  private int next(int at) {
    int end = lineEnd(content, at);
    while (end < content.length && content[end] == '^') {
      end = lineEnd(content, end);
    }
    return end;
  }

  private int compare(int at, byte[] name) {
    int end = lineEnd(content, at);
    int stop = end > at && content[end - 1] == '\n' ? end - 1 : end;
    return Arrays.compareUnsigned(content, Math.min(at + ID + 1, stop), stop, name, 0, name.length);
  }

  private static int lineEnd(byte[] content, int from) {
    int at = from;
    while (at < content.length && content[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, content.length);
  }
}
