package dev.gitvan.git.jgit.internal.worktree;

import dev.gitvan.git.jgit.internal.text.GitText;
import java.util.Arrays;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.NB;

/** An entry of an {@link IndexFile}: a view of the file's bytes. */
public final class IndexEntry implements Comparable<IndexEntry> {
  static final int SIZE = 36;
  static final int ID = 40;
  static final int FLAGS = 60;
  static final int FIXED = 62;
  private static final int ASSUME_VALID = 0x8000;
  private static final int EXTENDED = 0x4000;
  private static final int SKIP_WORKTREE = 0x4000;
  private static final int INTENT_TO_ADD = 0x2000;

  private final byte[] buffer;
  private final int start;
  private final byte[] path;

  IndexEntry(byte[] buffer, int start, byte[] path) {
    this.buffer = buffer;
    this.start = start;
    this.path = path;
  }

  /** The path below the worktree. */
  public String path() {
    return GitText.name(path);
  }

  /** Compares the path's bytes, as Git orders entries. */
  public int comparePath(byte[] other) {
    return Arrays.compareUnsigned(path, other);
  }

  /** Whether it is in a folder; that ends with a slash. */
  public boolean isBelow(byte[] folder) {
    return IndexFile.startsWith(path, folder);
  }

  byte[] rawPath() {
    return path;
  }

  /** The Git file mode. */
  public int mode() {
    return NB.decodeInt32(buffer, start + 24);
  }

  public ObjectId id() {
    return ObjectId.fromRaw(buffer, start + ID);
  }

  /** 0, or 1 to 3 for the sides of a conflict. */
  public int stage() {
    return (flags() >> 12) & 3;
  }

  public boolean isAssumedUnchanged() {
    return (flags() & ASSUME_VALID) != 0;
  }

  public boolean isSkipWorktree() {
    return isExtended() && (extendedFlags() & SKIP_WORKTREE) != 0;
  }

  public boolean isIntentToAdd() {
    return isExtended() && (extendedFlags() & INTENT_TO_ADD) != 0;
  }

  boolean isExtended() {
    return (flags() & EXTENDED) != 0;
  }

  /** Modification time as the index knows it, in nanoseconds. */
  long modified() {
    return time(start + 8);
  }

  /** Time of the last change of the file's status, in nanoseconds; 0 when unknown. */
  long changed() {
    return time(start);
  }

  private long time(int at) {
    return (NB.decodeInt32(buffer, at) & 0xffffffffL) * 1_000_000_000L
        + NB.decodeInt32(buffer, at + 4);
  }

  /** Whether the entry's stat data are a file's. */
  public boolean hasStat(FileStat stat) {
    var bytes = java.nio.ByteBuffer.allocate(ID);
    stat.put(bytes, mode());
    return Arrays.equals(bytes.array(), 0, ID, buffer, start, start + ID);
  }

  int inode() {
    return NB.decodeInt32(buffer, start + 20);
  }

  long size() {
    return NB.decodeInt32(buffer, start + SIZE) & 0xffffffffL;
  }

  /** The entry's bytes before its path. */
  int fixedLength() {
    return isExtended() ? FIXED + 2 : FIXED;
  }

  int start() {
    return start;
  }

  /** Where the next entry begins in the file, in versions that do not compress paths. */
  int end() {
    return start + (fixedLength() + path.length + 8 & ~7);
  }

  private int flags() {
    return NB.decodeUInt16(buffer, start + FLAGS);
  }

  private int extendedFlags() {
    return NB.decodeUInt16(buffer, start + FIXED);
  }

  @Override
  public int compareTo(IndexEntry other) {
    int byPath = Arrays.compareUnsigned(path, other.path);
    return byPath != 0 ? byPath : stage() - other.stage();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IndexEntry entry && compareTo(entry) == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(path);
  }
}
