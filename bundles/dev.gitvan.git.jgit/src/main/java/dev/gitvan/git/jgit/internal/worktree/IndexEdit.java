package dev.gitvan.git.jgit.internal.worktree;

import dev.gitvan.git.jgit.internal.text.GitText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Replaces entries of an {@link IndexFile}. All other entries keep their bytes: flags, conflict
 * stages and stat data; only the size goes to 0 where that data would hide a change from now on. Of
 * the extensions, the cache tree loses the folders that change, the untracked cache its content
 * when paths come or go; the monitor's bitmap and the offset tables, which count entries, are left
 * for Git to build again.
 */
public final class IndexEdit {
  private final IndexFile index;
  private final TreeMap<byte[], Entry> changes = new TreeMap<>(Arrays::compareUnsigned);

  /** A new entry; an id of null takes the path out. */
  private record Entry(int mode, ObjectId id, FileStat stat) {}

  public IndexEdit(IndexFile index) {
    this.index = index;
  }

  /** Sets a path. */
  public void put(String path, int mode, ObjectId id, FileStat stat) {
    changes.put(GitText.bytes(path), new Entry(mode, id, stat));
  }

  /** Takes a path out. */
  public void remove(String path) {
    changes.put(GitText.bytes(path), new Entry(0, null, null));
  }

  /** Whether there is nothing to change. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Decides whether an entry's stat data hide a change. */
  @FunctionalInterface
  public interface Hiding {
    boolean hides(IndexEntry entry) throws IOException;
  }

  /**
   * The new index file's content.
   *
   * @param hiding asked of the entries that are not replaced
   */
  public byte[] toBytes(Hiding hiding) throws IOException {
    var writer = new Writer(index, 256 * changes.size());
    var pending = new TreeMap<>(changes);
    var replaced = replaced();
    boolean moved = false;
    for (var entry : index.entries()) {
      while (!pending.isEmpty()
          && Arrays.compareUnsigned(pending.firstKey(), entry.rawPath()) < 0) {
        moved |= put(writer, pending.pollFirstEntry());
      }
      var change = changes.get(entry.rawPath());
      if (change != null) {
        // A conflict's stages are replaced by one entry, as `git add` does.
        if (pending.remove(entry.rawPath()) != null && change.id() != null) {
          writer.entry(entry.rawPath(), change);
          moved |= entry.stage() != 0;
        } else {
          moved = true;
        }
      } else if (replaced.contains(entry.rawPath())) {
        moved = true;
      } else {
        writer.copy(entry, hiding.hides(entry));
      }
    }
    while (!pending.isEmpty()) {
      moved |= put(writer, pending.pollFirstEntry());
    }
    writer.copyRun();
    extensions(writer, moved);
    return writer.finish();
  }

  private static boolean put(Writer writer, Map.Entry<byte[], Entry> change) {
    if (change.getValue().id() == null) {
      return false;
    }
    writer.entry(change.getKey(), change.getValue());
    return true;
  }

  /** Entries in the way of new ones: a file where a folder comes, or the other way round. */
  private TreeSet<byte[]> replaced() {
    var replaced = new TreeSet<byte[]>(Arrays::compareUnsigned);
    changes.forEach(
        (raw, change) -> {
          var path = GitText.name(raw);
          if (change.id() == null || index.contains(path)) {
            return;
          }
          for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            var parent = path.substring(0, slash);
            if (index.contains(parent)) {
              replaced.add(GitText.bytes(parent));
            }
          }
          index.under(path).forEach(entry -> replaced.add(entry.rawPath()));
        });
    return replaced;
  }

  private void extensions(Writer writer, boolean moved) {
    index
        .extensions()
        .forEach(
            (name, data) -> {
              switch (name) {
                case "TREE" -> writer.extension(name, CacheTree.invalidate(data, folders()));
                case "UNTR" -> writer.extension(name, moved ? UntrackedCache.emptied(data) : data);
                case "REUC" -> writer.extension(name, data);
                default -> {
                  // FSMN, EOIE, IEOT and what only newer versions of Git know: counted by entries
                }
              }
            });
  }

  private TreeSet<String> folders() {
    var folders = new TreeSet<String>();
    for (var raw : changes.keySet()) {
      var path = GitText.name(raw);
      for (int slash = path.lastIndexOf('/');
          slash >= 0;
          slash = slash == 0 ? -1 : path.lastIndexOf('/', slash - 1)) {
        folders.add(path.substring(0, slash));
      }
      folders.add("");
    }
    return folders;
  }

  /** Writes entries of one version, then extensions, then the checksum. */
  private static final class Writer {
    private final int version;
    private final byte[] buffer;
    private final ByteArrayOutputStream out;
    private int count;
    private byte[] previous = new byte[0];

    /** What is still to be copied as it is: entries one behind the other. */
    private int runStart;

    private int runEnd;

    Writer(IndexFile index, int more) {
      this.version = index.version();
      this.buffer = index.buffer();
      this.out = new ByteArrayOutputStream(buffer.length + more);
      out.writeBytes(new byte[12]);
    }

    void copy(IndexEntry entry, boolean smudged) {
      if (version < 4 && !smudged) {
        if (entry.start() != runEnd) {
          copyRun();
          runStart = entry.start();
        }
        runEnd = entry.end();
        count++;
        return;
      }
      copyRun();
      int start = out.size();
      if (smudged) {
        out.write(buffer, entry.start(), IndexEntry.SIZE);
        out.writeBytes(new byte[4]);
        int after = IndexEntry.SIZE + 4;
        out.write(buffer, entry.start() + after, entry.fixedLength() - after);
      } else {
        out.write(buffer, entry.start(), entry.fixedLength());
      }
      path(entry.rawPath(), start);
    }

    /** Copies what is still to be copied. */
    void copyRun() {
      out.write(buffer, runStart, runEnd - runStart);
      runStart = runEnd;
    }

    void entry(byte[] path, Entry entry) {
      copyRun();
      int start = out.size();
      var fixed = ByteBuffer.allocate(IndexEntry.FIXED);
      entry.stat().put(fixed, entry.mode());
      var id = new byte[20];
      entry.id().copyRawTo(id, 0);
      fixed.put(id).putShort((short) Math.min(path.length, 0xfff));
      out.writeBytes(fixed.array());
      path(path, start);
    }

    private void path(byte[] path, int start) {
      count++;
      if (version == 4) {
        int mismatch = Arrays.mismatch(previous, path);
        int common = mismatch < 0 ? path.length : mismatch;
        Varint.encode(previous.length - common, out);
        out.write(path, common, path.length - common);
        out.write(0);
      } else {
        out.writeBytes(path);
        int length = out.size() - start;
        out.write(new byte[8], 0, 8 - length % 8);
      }
      previous = path;
    }

    void extension(String name, byte[] data) {
      out.writeBytes(GitText.raw(name));
      out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
      out.writeBytes(data);
    }

    byte[] finish() {
      var bytes = Arrays.copyOf(out.toByteArray(), out.size() + 20);
      ByteBuffer.wrap(bytes).put(new byte[] {'D', 'I', 'R', 'C'}).putInt(version).putInt(count);
      try {
        var digest = MessageDigest.getInstance("SHA-1");
        digest.update(bytes, 0, bytes.length - 20);
        System.arraycopy(digest.digest(), 0, bytes, bytes.length - 20, 20);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
      return bytes;
    }
  }
}
