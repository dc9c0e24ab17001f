package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.git.jgit.internal.refs.SharedPermissions;
import dev.gitvan.git.jgit.internal.refs.Sync;
import dev.gitvan.git.jgit.internal.settings.Opened;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * Writes loose objects as Git does: deflated fast into a file that {@code git prune} knows as
 * temporary, then renamed. JGit's own inserter compresses harder, names its temporary files so that
 * a crash leaves them forever, and cannot sync folders.
 *
 * <p>Another thread writes while the next objects are made, and {@link #flush} helps it. Their
 * files are made side by side, but get their names one after the other: an object after those that
 * it names, so that nobody finds one with a hole.
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
  private final Set<Path> unsynced = new TreeSet<>();
  private final Executor background;
  private final WriteQueue queue;

  /**
   * @param durable whether objects survive a power failure once {@link #flush} returns
   */
  public LooseObjects(Opened opened, boolean durable, SharedPermissions permissions) {
    super(opened.repository());
    var repository = opened.repository();
    this.background = opened.background();
    this.queue = new WriteQueue(opened.background(), this::prepare, this::publish);
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
    queue.add(id, type, data);
    if (!kept) {
      await();
    }
  }

  /** Returns when all is written. */
  private void await() throws IOException {
    try {
      queue.await();
    } catch (IOException | RuntimeException | Error e) {
      clear(); // what was kept may not have been written
      throw e;
    }
  }

  /** Makes an object's file; null when there is one already. */
  private Path prepare(ObjectId id, int type, byte[] data, Deflater deflater) throws IOException {
    if (renew(id)) {
      return null;
    }
    var temporary = temporary();
    try {
      try (var channel = create(temporary);
          var out = Channels.newOutputStream(channel)) {
        out.write(deflate(type, data, deflater));
        sync(channel);
      }
      return temporary;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private boolean renew(ObjectId id) throws IOException {
    synchronized (existing) {
      return existing.renew(id);
    }
  }

  @Override
  ObjectId stream(int type, long length, InputStream in) throws IOException {
    await();
    var digest = Constants.newMessageDigest();
    var temporary = temporary();
    var deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      try (var channel = create(temporary)) {
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
      if (renew(id)) {
        Files.delete(temporary);
      } else {
        publish(temporary, id);
      }
      return id;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    } finally {
      deflater.end();
    }
  }

  private static byte[] header(int type, long length) {
    return (Constants.typeString(type) + " " + length + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] deflate(int type, byte[] data, Deflater deflater) {
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
    if (!unsynced.isEmpty()) {
      syncFolders();
    }
  }

  /** Two at a time: each is a wait for the disk. */
  private void syncFolders() throws IOException {
    var left = new ConcurrentLinkedQueue<>(unsynced);
    var helper =
        CompletableFuture.runAsync(
            () -> {
              try {
                sync(left);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            background);
    try {
      sync(left);
    } finally {
      helper.handle((done, failed) -> null).join();
    }
    try {
      helper.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failed) {
        throw failed.getCause();
      }
      throw e;
    }
    unsynced.clear();
  }

  private static void sync(Queue<Path> folders) throws IOException {
    for (Path folder; (folder = folders.poll()) != null; ) {
      Sync.folder(folder);
    }
  }

  @Override
  public void close() {
    super.close();
    queue.close();
  }
}
