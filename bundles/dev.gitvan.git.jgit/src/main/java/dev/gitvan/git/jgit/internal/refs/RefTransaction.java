package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.settings.Debug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Moves several refs at once: all, or none, also for concurrent readers and when the process is
 * killed. {@link RefMoves} describes how; this class has the locks, the checks under them, and what
 * follows.
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
  private final Recovery recovery;
  private final AtomicFiles files;
  private final Failpoint failpoint;
  private final Debug debug;

  /** What is to move. */
  public interface Plan {
    /** Every ref that may move, or whose value must not change meanwhile, by its full name. */
    Collection<String> refs();

    /** Whether one ref alone moves, and is not deleted: then {@code packed-refs} stays. */
    default boolean isSingle() {
      return refs().size() == 1;
    }

    /** Refs whose new values are known; they must have their old ones still. */
    List<Move> known();

    /**
     * Refs whose new values depend on what they are now: notes, which are merged. Called while all
     * refs are locked, so that nobody else's write can come between, however many there are.
     *
     * @throws dev.gitvan.diagnostics.GitVanException when nothing may be applied
     */
    List<Move> merged() throws Moved, IOException;

    /** The object behind a tag's tags, or null. */
    default ObjectId peel(ObjectId id) throws IOException {
      return null;
    }

    /** The index that moves with the refs, or null. */
    Path index();

    /**
     * The new index; null when it stays as it is. Called while it is locked.
     *
     * @throws dev.gitvan.diagnostics.GitVanException when nothing may be applied any more
     */
    NewIndex editIndex() throws IOException;

    /** Called when all locks are held and all is known: what the refs will name must be there. */
    default void complete() throws IOException {}

    /** Reflog entries for the moves. */
    List<Reflog.Entry> log(List<Move> moves);

    /** The refs have moved; their locks are still held. */
    void moved(List<Move> moves) throws IOException;
  }

  /**
   * An index to be.
   *
   * @param modified the time that its file is given; null for the time when it is written
   */
  public record NewIndex(byte[] content, FileTime modified) {}

  /** A ref that has not the value any more that it must have. Nothing was changed. */
  public static final class Moved extends Exception {
    private static final long serialVersionUID = 1L;

    public Moved(String ref) {
      super(ref, null, false, false);
    }
  }

  /**
   * @param durable whether everything is synced to disk
   */
  public RefTransaction(
      RefFiles refs,
      Recovery recovery,
      SharedPermissions permissions,
      Failpoint failpoint,
      boolean durable,
      Debug debug) {
    this.refs = refs;
    this.recovery = recovery;
    this.files = new AtomicFiles(permissions, durable);
    this.failpoint = failpoint;
    this.debug = debug;
  }

  /**
   * Moves the refs.
   *
   * @throws Moved when a known move's ref has another value
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_LOCKED}
   */
  public void run(Plan plan) throws Moved, IOException {
    var order = new LockOrder(plan, refs);
    var intent = Intent.of(recovery.intents(), order.locks(), plan.index());
    var moving = new RefMoves(refs, files, intent, plan::peel, failpoint);
    failpoint.reach("before-intent");
    intent.write();
    failpoint.reach("after-intent");
    boolean moved = false;
    long start = System.nanoTime();
    try {
      var moves = new ArrayList<Move>();
      while (!prepare(intent, order, plan, moving, moves)) {
        moves.clear();
        var busy = intent.busy();
        long began = System.nanoTime();
        await(intent, start);
        debug.waited(busy.toString(), System.nanoTime() - began);
      }
      // Objects may still be written meanwhile.
      moving.prepare(moves);
      plan.complete();
      var entries = plan.log(moves);
      intent.plan(moves, entries);
      failpoint.reach("after-plan");
      if (!moves.isEmpty()) {
        moving.move(moves);
        moved = true;
        finish(intent, plan, moves, entries);
        long nanos = System.nanoTime() - start;
        moves.forEach(move -> debug.moved(move.ref(), move.from(), move.to(), nanos));
      }
    } catch (IOException | RuntimeException e) {
      // Once the refs have moved, the run is done: what follows is repaired, not reported.
      if (!moved) {
        throw e;
      }
      LOG.log(System.Logger.Level.WARNING, "after the refs have moved: " + e);
    } finally {
      refs.thaw();
      end(intent, moved);
    }
  }

  /** Takes the locks and writes what will be renamed; false when a lock was busy. */
  private boolean prepare(
      Intent intent, LockOrder order, Plan plan, RefMoves moving, List<Move> moves)
      throws Moved, IOException {
    for (int i = 0; i < order.locks().size(); i++) {
      var lock = order.locks().get(i);
      if (lock.equals(order.index())) {
        // What takes time is done before the index is locked.
        settle(plan, moves);
      }
      moving.unloose(order.blocking(lock));
      if (!intent.take(lock)) {
        refs.thaw();
        return false;
      }
      if (lock.equals(order.packed())) {
        refs.freeze();
      }
      failpoint.reach("after-lock-" + i);
    }
    if (order.index() == null) {
      settle(plan, moves);
    } else {
      var edited = plan.editIndex();
      if (edited != null) {
        var temporary = intent.temporary(order.index());
        files.write(temporary, AtomicFiles.Content.of(edited.content()));
        if (edited.modified() != null) {
          Files.setLastModifiedTime(temporary, edited.modified());
        }
        failpoint.reach("after-index-written");
      }
    }
    return true;
  }

  private void settle(Plan plan, List<Move> moves) throws Moved, IOException {
    check(plan.known());
    moves.addAll(plan.known());
    moves.addAll(plan.merged());
  }

  private void finish(Intent intent, Plan plan, List<Move> moves, List<Reflog.Entry> entries)
      throws IOException {
    failpoint.reach("after-refs");
    plan.moved(moves);
    // First the logs of what is gone: they may be in the way of others.
    var deleted = moves.stream().filter(Move::deletes).map(refs::deleted).toList();
    for (var ref : deleted) {
      ref.forgetLog();
    }
    log(entries);
    failpoint.reach("after-reflogs");
    if (plan.index() != null && Files.exists(intent.temporary(lock(plan.index())))) {
      files.rename(intent.temporary(lock(plan.index())), plan.index());
      failpoint.reach("after-index");
    }
    intent.end();
    deleted.forEach(DeletedRef::forgetFolders);
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

  static Path lock(Path file) {
    return file.resolveSibling(file.getFileName() + ".lock");
  }

  /**
   * Gives the locks back, so that a process that holds one and waits for us can continue, and
   * waits.
   */
  private void await(Intent intent, long start) throws IOException {
    var busy = intent.busy();
    intent.release();
    var holder = Holder.of(busy);
    if (System.nanoTime() - start > (holder.isGitVan() ? PATIENCE_WITH_OURS : PATIENCE)) {
      throw holder.toProblem(busy).toException();
    }
    if (!holder.isGitVan() || !recovery.run(busy)) {
      sleep();
    }
  }

  static void sleep() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(1, 12));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GitVanException.of(
          Codes.INTERRUPTED, "", "the run was cancelled while waiting for a lock", "");
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

  /** A log that cannot be written does not undo what it records, nor keeps back the other logs. */
  private void log(List<Reflog.Entry> entries) {
    for (var entry : entries) {
      try {
        Reflog.append(entry, files.permissions());
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "reflog " + entry.file() + ": " + e);
      }
    }
  }
}
