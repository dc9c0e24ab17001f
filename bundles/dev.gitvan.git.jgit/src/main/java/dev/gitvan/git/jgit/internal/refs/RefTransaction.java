package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Moves several refs at once: all, or none, also for whoever reads in between and when the process
 * is killed. As in JGit's batches the one moment is the rename of {@code packed-refs}; before it,
 * loose files of the same refs are packed with the values that they have. A single ref is its own
 * file's rename.
 *
 * <p>JGit's own batch always syncs the file, waits 100 ms after the first collision, looks at every
 * ref of the repository and cannot be asked who holds a lock.
 */
public final class RefTransaction {
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

  /** What is to move. */
  public interface Plan {
    /** Every ref that may move, by its full name. */
    Collection<String> refs();

    /** Refs whose new values are known; they must have their old ones still. */
    List<Move> known();

    /**
     * Refs whose new values depend on what they are now: notes, which are merged. Called while all
     * refs are locked, so that nobody else's write can come between, however many there are.
     */
    List<Move> merged() throws IOException;

    /** The index that moves with the refs, or null. */
    Path index();

    /**
     * The index's new content; null when it stays as it is. Called while it is locked.
     *
     * @throws dev.gitvan.diagnostics.GitVanException when nothing may be applied any more
     */
    byte[] editIndex() throws IOException;

    /** Reflog entries for the moves. */
    List<Reflog.Entry> log(List<Move> moves);

    /** The refs have moved; their locks are still held. */
    void moved(List<Move> moves) throws IOException;
  }

  /** A ref that has not the value any more that it must have. Nothing was changed. */
  public static final class Moved extends Exception {
    private static final long serialVersionUID = 1L;

    Moved(String ref) {
      super(ref, null, false, false);
    }
  }

  public RefTransaction(
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
   * @throws Moved when a known move's ref has another value
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_LOCKED}
   */
  public void run(Plan plan) throws Moved, IOException {
    var locks = new ArrayList<Path>();
    plan.refs().stream().sorted().map(refs::lock).forEach(locks::add);
    if (plan.refs().size() > 1) {
      locks.add(lock(refs.packed()));
    }
    if (plan.index() != null) {
      // The last one: git waits for a ref's lock, but not for this.
      locks.add(lock(plan.index()));
    }
    var intent = Intent.of(intents, locks, plan.index());
    failpoint.reach("before-intent");
    intent.write();
    failpoint.reach("after-intent");
    boolean moved = false;
    try {
      long start = System.nanoTime();
      var moves = new ArrayList<Move>();
      while (!prepare(intent, plan, moves, start)) {
        moves.clear();
      }
      if (!moves.isEmpty()) {
        move(intent, moves);
        moved = true;
        finish(intent, plan, moves);
      }
    } catch (IOException | RuntimeException e) {
      // Once the refs have moved, the run is done: what follows is repaired, not reported.
      if (!moved) {
        throw e;
      }
      LOG.log(System.Logger.Level.WARNING, "after the refs have moved: " + e);
    } finally {
      end(intent, moved);
    }
  }

  /** Takes the locks and writes what will be renamed; false when a lock was busy. */
  private boolean prepare(Intent intent, Plan plan, List<Move> moves, long start)
      throws Moved, IOException {
    var index = plan.index() == null ? null : lock(plan.index());
    for (var lock : intent.locks()) {
      if (lock.equals(index)) {
        // What takes time is done before the index is locked.
        check(plan.known());
        moves.addAll(plan.known());
        moves.addAll(plan.merged());
      }
      if (!intent.take(lock)) {
        await(intent, lock, start);
        return false;
      }
      failpoint.reach("after-lock-" + intent.locks().indexOf(lock));
    }
    if (index == null) {
      check(plan.known());
      moves.addAll(plan.known());
      moves.addAll(plan.merged());
    } else {
      var edited = plan.editIndex();
      if (edited != null) {
        write(intent.temporary(index), edited);
        failpoint.reach("after-index-written");
      }
    }
    intent.plan(moves, plan.log(moves));
    failpoint.reach("after-plan");
    return true;
  }

  private void finish(Intent intent, Plan plan, List<Move> moves) throws IOException {
    failpoint.reach("after-refs");
    plan.moved(moves);
    log(plan.log(moves));
    failpoint.reach("after-reflogs");
    if (plan.index() != null && Files.exists(intent.temporary(lock(plan.index())))) {
      rename(intent.temporary(lock(plan.index())), plan.index());
      failpoint.reach("after-index");
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

  /**
   * Gives the locks back, so that whoever waits for us with one in his hand can go on, and waits.
   */
  private void await(Intent intent, Path busy, long start) throws IOException {
    intent.release();
    var holder = Holder.of(busy);
    if (System.nanoTime() - start > (holder.isGitVan() ? PATIENCE_WITH_OURS : PATIENCE)) {
      throw holder.toProblem(busy).toException();
    }
    if (!holder.isGitVan() || !recovery.run()) {
      sleep();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(1, 12));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GitVanException.of(
          Codes.INTERRUPTED, "", "the run was cancelled while it waited for a lock", "");
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
  private void log(List<Reflog.Entry> entries) {
    for (var entry : entries) {
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
