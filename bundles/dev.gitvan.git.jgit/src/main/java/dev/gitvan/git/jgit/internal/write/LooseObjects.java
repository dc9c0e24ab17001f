package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.git.jgit.internal.refs.SharedPermissions;
import dev.gitvan.git.jgit.internal.refs.Sync;
import dev.gitvan.git.jgit.internal.settings.Opened;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * Writes loose objects as Git does: deflated fast into a file that {@code git prune} knows as
 * temporary, then renamed. JGit's own inserter compresses harder, names its temporary files so that
 * a crash leaves them for ever, and cannot sync folders.
 *
 * <p>Another thread writes, one object after the other, while the next is made: only {@link #flush}
 * waits for it. An object is written after those that it names, so that nobody finds one with a
 * hole.
 */
public final class LooseObjects extends StagedObjects {
  /** How often `git gc` may remove an object's folder between our making and using it. */
  private static final int FOLDER_ATTEMPTS = 10;

  /** So many bytes are kept in all. */
  private static final long KEPT_IN_ALL = 16L << 20;

  private final Path objects;
  private final Freshening existing;
  private final boolean durable;
  private final SharedPermissions permissions;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final Set<Path> unsynced = new TreeSet<>();
  private final Executor background;
  private final Queue<Unwritten> unwritten = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** Held by who writes; guards all that writing changes. */
  private final ReentrantLock writing = new ReentrantLock();

  private Exception failure;

  private record Unwritten(ObjectId id, int type, byte[] data) {}

  /**
   * @param durable whether objects survive a power failure once {@link #flush} returns
   */
  public LooseObjects(Opened opened, boolean durable, SharedPermissions permissions) {
    super(opened.repository());
    var repository = opened.repository();
    this.background = opened.background();
    this.objects = Path.of(repository.getCommonDirectory().getPath(), "objects");
    this.existing = new Freshening(repository, objects);
    this.durable = durable;
    this.permissions = permissions;
  }

  /** Writes what may be lost, such as a cache's objects; close it. */
  public static ObjectInserter of(Opened opened) {
    return of(opened, false);
  }

  /**
   * Writes objects; close it.
   *
   * @param durable whether they survive a power failure once they are flushed
   */
  public static ObjectInserter of(Opened opened, boolean durable) {
    return new LooseObjects(opened, durable, SharedPermissions.of(opened.settings()));
  }

  @Override
  boolean keeps(int length) {
    return super.keeps(length) && keptBytes() + length <= KEPT_IN_ALL;
  }

  @Override
  void write(ObjectId id, int type, byte[] data, boolean kept) throws IOException {
    unwritten.add(new Unwritten(id, type, data));
    if (!kept) {
      await();
    } else if (scheduled.compareAndSet(false, true)) {
      background.execute(
          () -> {
            writeAll();
            scheduled.set(false);
          });
    }
  }

  private void writeAll() {
    while (writeNext()) {
      // until all are written, whoever writes them
    }
  }

  private boolean writeNext() {
    writing.lock();
    try {
      var next = unwritten.poll();
      if (next != null && failure == null) {
        write(next.id(), next.type(), next.data());
      }
      return next != null;
    } catch (IOException | RuntimeException e) {
      failure = e;
      return true;
    } finally {
      writing.unlock();
    }
  }

  /** Returns when all is written. */
  private void await() throws IOException {
    writeAll();
    writing.lock();
    try {
      if (failure instanceof IOException e) {
        throw e;
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
    } finally {
      if (failure != null) {
        failure = null;
        clear(); // what was kept may not have been written
      }
      writing.unlock();
    }
  }

  private void write(ObjectId id, int type, byte[] data) throws IOException {
    if (existing.renew(id)) {
      return;
    }
    var temporary = temporary();
    try {
      try (var channel = create(temporary);
          var out = Channels.newOutputStream(channel)) {
        out.write(deflate(type, data));
        sync(channel);
      }
      publish(temporary, id);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  @Override
  ObjectId stream(int type, long length, InputStream in) throws IOException {
    await();
    var digest = Constants.newMessageDigest();
    var temporary = temporary();
    try {
      try (var channel = create(temporary)) {
        deflater.reset();
        deflater.setLevel(Deflater.BEST_SPEED);
        OutputStream out =
            new DeflaterOutputStream(Channels.newOutputStream(channel), deflater, 1 << 16);
        var header = header(type, length);
        digest.update(header);
        out.write(header);
        var buffer = new byte[1 << 16];
        long left = length;
        while (left > 0) {
          int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
          if (read < 0) {
            throw new java.io.EOFException();
          }
          digest.update(buffer, 0, read);
          out.write(buffer, 0, read);
          left -= read;
        }
        ((DeflaterOutputStream) out).finish();
        sync(channel);
      }
      var id = ObjectId.fromRaw(digest.digest());
      if (existing.renew(id)) {
        Files.delete(temporary);
      } else {
        publish(temporary, id);
      }
      return id;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private static byte[] header(int type, long length) {
    return (Constants.typeString(type) + " " + length + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] deflate(int type, byte[] data) {
    var header = header(type, data.length);
    deflater.reset();
    // Trees are ids for the most part, and those do not get smaller.
    deflater.setLevel(type == Constants.OBJ_TREE ? Deflater.NO_COMPRESSION : Deflater.BEST_SPEED);
    var whole = new byte[header.length + data.length];
    System.arraycopy(header, 0, whole, 0, header.length);
    System.arraycopy(data, 0, whole, header.length, data.length);
    deflater.setInput(whole);
    deflater.finish();
    var out = new java.io.ByteArrayOutputStream(whole.length / 2 + 64);
    var buffer = new byte[8192];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    return out.toByteArray();
  }

  /** Beside the objects' folders, not in one: `git gc` removes those when they are empty. */
  private Path temporary() {
    return objects.resolve("tmp_obj_" + UUID.randomUUID());
  }

  private FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        permissions.readOnlyFile());
  }

  private void publish(Path temporary, ObjectId id) throws IOException {
    permissions.adjust(temporary);
    var folder = objects.resolve(id.name().substring(0, 2));
    var file = folder.resolve(id.name().substring(2));
    for (int attempt = 1; ; attempt++) {
      try {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        if (durable) {
          unsynced.add(folder);
        }
        return;
      } catch (NoSuchFileException e) {
        if (attempt == FOLDER_ATTEMPTS) {
          throw e;
        }
        makeFolder(folder);
      }
    }
  }

  private void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      permissions.adjust(folder);
      if (durable) {
        unsynced.add(objects);
      }
    } catch (FileAlreadyExistsException e) {
      // another writer was faster
    }
  }

  private void sync(FileChannel channel) throws IOException {
    if (durable) {
      channel.force(true);
    }
  }

  @Override
  public void flush() throws IOException {
    await();
    for (var folder : unsynced) {
      Sync.folder(folder);
    }
    unsynced.clear();
  }

  @Override
  public void close() {
    super.close();
    unwritten.clear();
    writing.lock();
    try {
      deflater.end();
    } finally {
      writing.unlock();
    }
  }
}
