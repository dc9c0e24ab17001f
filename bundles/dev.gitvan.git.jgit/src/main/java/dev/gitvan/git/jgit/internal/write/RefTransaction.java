package dev.gitvan.git.jgit.internal.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * Moves several refs at once: all, or none, also for whoever reads in between and when the process
 * is killed. As in JGit's batches the one moment is the rename of {@code packed-refs}; before it,
 * loose files of the same refs are packed with the values that they have. A single ref is its own
 * file's rename.
 *
 * <p>JGit's own batch always syncs the file, waits 100 ms after the first collision, looks at every
 * ref of the repository and cannot be asked who holds a lock.
 */
final class RefTransaction {
  private static final System.Logger LOG = System.getLogger(RefTransaction.class.getName());

  /** How long another process's lock is waited for. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

  /** How long other GitVan processes are waited for: their turn is short, but many may wait. */
  private static final long PATIENCE_WITH_OURS = TimeUnit.SECONDS.toNanos(10);

  private final RefFiles refs;
  private final Path intents;
  private final Recovery recovery;
  private final SharedPermissions permissions;
  private final Failpoint failpoint;
  private final boolean durable;

  /** Says what is to be done while the locks are held. */
  interface Index {
    /** The index file. */
    Path file();

    /**
     * The index's new content; null when it stays as it is.
     *
     * @throws dev.gitvan.diagnostics.GitVanException when nothing may be applied any more
     */
    byte[] edit() throws IOException;
  }

  /** A ref that has not the value any more that it must have. Nothing was changed. */
  static final class Moved extends Exception {
    private static final long serialVersionUID = 1L;

    Moved(String ref) {
      super(ref, null, false, false);
    }
  }

  RefTransaction(
      RefFiles refs,
      Path intents,
      Recovery recovery,
      SharedPermissions permissions,
      Failpoint failpoint,
      boolean durable) {
    this.refs = refs;
    this.intents = intents;
    this.recovery = recovery;
    this.permissions = permissions;
    this.failpoint = failpoint;
    this.durable = durable;
  }

  /**
   * Moves the refs.
   *
   * @param branch the ref that HEAD names, or null
   * @param index null when the index stays out of it
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_LOCKED}
   */
  void run(List<Move> moves, String branch, Reflog reflog, PersonIdent who, Index index)
      throws Moved, IOException {
    var locks = new ArrayList<Path>();
    if (index != null) {
      locks.add(lock(index.file()));
    }
    moves.stream().map(Move::ref).sorted().map(refs::lock).forEach(locks::add);
    if (moves.size() > 1) {
      locks.add(lock(refs.packed()));
    }
    var intent =
        Intent.of(
            intents,
            locks,
            moves,
            reflog.entries(moves, branch, who),
            index == null ? null : index.file());
    failpoint.reach("before-intent");
    intent.write();
    failpoint.reach("after-intent");
    boolean moved = false;
    try {
      take(intent);
      check(moves);
      var edited = index == null ? null : index.edit();
      if (edited != null) {
        write(intent.temporary(lock(index.file())), edited);
        failpoint.reach("after-index-written");
      }
      move(intent, moves);
      moved = true;
      failpoint.reach("after-refs");
      log(intent);
      failpoint.reach("after-reflogs");
      if (edited != null) {
        rename(intent.temporary(lock(index.file())), index.file());
        failpoint.reach("after-index");
      }
    } catch (IOException | RuntimeException e) {
      // Once the refs have moved, the run is done: what follows is repaired, not reported.
      if (!moved) {
        throw e;
      }
    } finally {
      end(intent, moved);
    }
  }

  private void end(Intent intent, boolean moved) throws IOException {
    try {
      intent.end();
    } catch (IOException e) {
      if (!moved) {
        throw e;
      }
    }
  }

  private static Path lock(Path file) {
    return file.resolveSibling(file.getFileName() + ".lock");
  }

  private void take(Intent intent) throws IOException {
    long start = System.nanoTime();
    while (true) {
      Path busy = null;
      for (var lock : intent.locks()) {
        if (!intent.take(lock)) {
          busy = lock;
          break;
        }
        failpoint.reach("after-lock-" + intent.locks().indexOf(lock));
      }
      if (busy == null) {
        failpoint.reach("after-locks");
        return;
      }
      // All or none: whoever waits with a lock in his hand may wait for us.
      intent.release();
      long waited = System.nanoTime() - start;
      var holder = Holder.of(busy);
      if (waited > (holder.isGitVan() ? PATIENCE_WITH_OURS : PATIENCE)) {
        throw holder.toProblem(busy).toException();
      }
      if (!holder.isGitVan() || !recovery.run()) {
        sleep();
      }
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(1, 12));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw dev.gitvan.diagnostics.GitVanException.of(
          dev.gitvan.diagnostics.Codes.INTERRUPTED,
          "",
          "the run was cancelled while it waited for a lock",
          "");
    }
  }

  private void check(List<Move> moves) throws Moved, IOException {
    for (var move : moves) {
      var now = refs.read(move.ref());
      if (now == null ? move.from() != null : !now.equals(move.from())) {
        throw new Moved(move.ref());
      }
      if (now == null && refs.conflict(move.ref()) != null) {
        throw new Moved(move.ref());
      }
    }
  }

  private void move(Intent intent, List<Move> moves) throws IOException {
    if (moves.size() == 1) {
      var file = refs.loose(moves.get(0).ref());
      var temporary = intent.temporary(lock(file));
      write(temporary, (moves.get(0).to().name() + "\n").getBytes(StandardCharsets.US_ASCII));
      failpoint.reach("before-refs");
      if (Files.isDirectory(file)) {
        removeEmpty(file);
      }
      rename(temporary, file);
      return;
    }
    var packed = refs.packed();
    var temporary = intent.temporary(lock(packed));
    var content = pack(PackedRefs.read(packed), packed, temporary, moves);
    var values = new TreeMap<String, PackedRefs.Value>();
    moves.forEach(move -> values.put(move.ref(), new PackedRefs.Value(move.to(), move.peeled())));
    write(temporary, content.with(values));
    failpoint.reach("before-refs");
    rename(temporary, packed);
  }

  /**
   * Packs the refs that are loose, with the values that they have, and removes their files. Only
   * branches and notes exist before they move, so none of them is a tag to be peeled.
   */
  private PackedRefs pack(PackedRefs content, Path packed, Path temporary, List<Move> moves)
      throws IOException {
    var values = new TreeMap<String, PackedRefs.Value>();
    var files = new ArrayList<Path>();
    for (var move : moves) {
      var file = refs.loose(move.ref());
      if (move.from() != null && Files.isRegularFile(file)) {
        files.add(file);
        values.put(move.ref(), new PackedRefs.Value(move.from(), null));
      }
    }
    if (files.isEmpty()) {
      return content;
    }
    boolean known =
        values.entrySet().stream()
            .allMatch(entry -> entry.getValue().id().equals(content.find(entry.getKey())));
    var with = known ? content : PackedRefs.of(content.with(values));
    if (!known) {
      write(temporary, with.bytes());
      failpoint.reach("before-pack");
      rename(temporary, packed);
    }
    failpoint.reach("after-pack");
    for (var file : files) {
      Files.deleteIfExists(file);
    }
    failpoint.reach("after-unloose");
    return with;
  }

  /** A log that cannot be written does not undo what it tells of, nor keeps back the other logs. */
  private void log(Intent intent) {
    for (var entry : intent.entries()) {
      try {
        Reflog.append(entry, permissions);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "reflog " + entry.file() + ": " + e);
      }
    }
  }

  private void write(Path file, byte[] content) throws IOException {
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (durable) {
        channel.force(true);
      }
    }
    permissions.adjust(file);
  }

  private void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    if (durable) {
      Sync.folder(to.getParent());
    }
  }

  /** Git leaves empty folders of refs that were deleted; a file cannot take their place. */
  private static void removeEmpty(Path folder) throws IOException {
    try (var children = Files.newDirectoryStream(folder)) {
      for (var child : children) {
        removeEmpty(child);
      }
    }
    Files.delete(folder);
  }
}
