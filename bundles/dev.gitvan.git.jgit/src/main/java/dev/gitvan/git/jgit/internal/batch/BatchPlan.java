package dev.gitvan.git.jgit.internal.batch;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.git.Expected;
import dev.gitvan.git.RefBatch;
import dev.gitvan.git.RefMovedException;
import dev.gitvan.git.RefUpdate;
import dev.gitvan.git.jgit.internal.refs.LockRef;
import dev.gitvan.git.jgit.internal.refs.Move;
import dev.gitvan.git.jgit.internal.refs.RefFiles;
import dev.gitvan.git.jgit.internal.refs.RefTransaction;
import dev.gitvan.git.jgit.internal.refs.Reflog;
import dev.gitvan.git.jgit.internal.settings.Identity;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/** One attempt to apply a batch. Names and objects are settled before any lock is taken. */
final class BatchPlan implements RefTransaction.Plan, AutoCloseable {
  private final WorktreeId worktree;
  private final Opened opened;
  private final RefBatch batch;
  private final RefFiles refs;
  private final RevWalk walk;
  private final Targets targets;
  private final Map<String, RefUpdate> updates = new HashMap<>();
  private final Map<String, ObjectId> ids = new HashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private final Set<String> names = new LinkedHashSet<>();
  private List<Move> moved = List.of();

  /**
   * @throws GitVanException {@code REF_INVALID}, {@code OBJECT_NOT_FOUND}
   */
  BatchPlan(Opened opened, RefBatch batch) throws IOException {
    this.opened = opened;
    this.worktree = opened.worktree();
    this.batch = batch;
    this.refs = new RefFiles(worktree);
    this.walk = new RevWalk(opened.repository());
    this.targets = new Targets(walk);
    try {
      for (var update : batch.updates()) {
        add(update);
      }
      for (var name : ids.keySet()) {
        requireNoFolder(name);
      }
      for (var fence : batch.fences()) {
        names.add(LockRef.of(fence.lock()));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void add(RefUpdate update) throws IOException {
    RefNames.check(update.name());
    var name = refs.leaf(update.name());
    if (!name.equals(update.name())) {
      RefNames.check(name);
    }
    var other = updates.put(name, update);
    if (other != null) {
      throw RefNames.invalid(
          update.name(),
          other.name().equals(update.name())
              ? "the batch contains the ref twice"
              : "it points to the same ref as " + other.name() + " in the batch",
          "Name each ref once.");
    }
    names.add(name);
    if (update instanceof RefUpdate.Put put) {
      ids.put(name, targets.require(name, put.objectId()));
    } else if (update instanceof RefUpdate.Delete) {
      deleted.add(name);
    }
  }

  private void requireNoFolder(String name) {
    for (var parent : RefFiles.parents(name)) {
      if (ids.containsKey(parent)) {
        throw RefNames.invalid(
            name, "it conflicts with " + parent + " in the batch", "Choose another name.");
      }
    }
  }

  RefFiles files() {
    return refs;
  }

  /** What has moved. */
  List<Move> moves() {
    return moved;
  }

  /**
   * Looks at what is in the way before locks are taken, whose folders would meet it.
   *
   * @throws GitVanException {@code REF_EXISTS}
   */
  void requireFree() throws IOException {
    var free = new HashSet<String>();
    for (var name : ids.keySet()) {
      for (var parent : RefFiles.parents(name)) {
        if (!deleted.contains(parent) && free.add(parent) && refs.read(parent) != null) {
          throw inTheWay(name, parent);
        }
      }
    }
  }

  private static GitVanException inTheWay(String name, String other) {
    return GitVanException.of(
        Codes.REF_EXISTS,
        name,
        "it conflicts with the ref " + other,
        "Choose another name, or delete " + other + " in the same batch.");
  }

  @Override
  public Collection<String> refs() {
    return names;
  }

  @Override
  public boolean isSingle() {
    return ids.size() == 1 && deleted.isEmpty();
  }

  @Override
  public List<Move> known() {
    return List.of();
  }

  @Override
  public List<Move> merged() throws RefTransaction.Moved, IOException {
    for (var fence : batch.fences()) {
      LockRef.require(fence, refs, walk.getObjectReader());
    }
    var moves = new ArrayList<Move>();
    var free = new HashSet<String>();
    for (var name : names) {
      var update = updates.get(name);
      if (update != null) {
        settle(name, update, free, moves);
      }
    }
    requireNotCheckedOut(moves);
    return moves;
  }

  private void settle(String name, RefUpdate update, Set<String> free, List<Move> moves)
      throws RefTransaction.Moved, IOException {
    if (!refs.leaf(name).equals(name)) {
      // It has become a symbolic ref meanwhile.
      throw new RefTransaction.Moved(name);
    }
    var now = refs.read(name);
    compare(update, now);
    if (update instanceof RefUpdate.Put put) {
      var id = ids.get(name);
      if (now == null) {
        var other = refs.conflict(name, deleted::contains, free);
        if (other != null) {
          throw inTheWay(name, other);
        }
      }
      if (!id.equals(now)) {
        moves.add(new Move(name, now, id, targets.peel(id), put.message()));
      }
    } else if (update instanceof RefUpdate.Delete && now != null) {
      moves.add(new Move(name, now, null, null, ""));
    }
  }

  private static void compare(RefUpdate update, ObjectId now) {
    var expected = update.expected();
    if (expected instanceof Expected.Absent && now != null) {
      throw new RefMovedException(
          new Problem(
              Codes.REF_EXISTS,
              update.name(),
              "the ref already exists and points to " + now.name(),
              "Choose another name, or pass the expected value."),
          update.name(),
          expected,
          now.name());
    }
    if (expected instanceof Expected.Id id && (now == null || !now.name().equals(id.objectId()))) {
      throw new RefMovedException(
          new Problem(
              Codes.REPO_MOVED,
              update.name(),
              "the ref should be "
                  + id.objectId()
                  + (now == null ? ", but there is no such ref" : ", but it is " + now.name()),
              "Check its new value, and try again from there."),
          update.name(),
          expected,
          now == null ? null : now.name());
    }
  }

  private void requireNotCheckedOut(List<Move> moves) throws IOException {
    if (batch.checkedOut()) {
      return;
    }
    var branches = new CheckedOut(worktree.repository(), isBare());
    for (var move : moves) {
      var where = branches.of(move.ref());
      if (where != null) {
        throw GitVanException.of(
            Codes.REF_CHECKED_OUT,
            move.ref(),
            "the branch is checked out in the worktree of " + where,
            "Check out another branch there, or commit there.");
      }
    }
  }

  private boolean isBare() {
    return opened.settings().all().getBoolean("core", null, "bare", false);
  }

  @Override
  public ObjectId peel(ObjectId id) throws IOException {
    try {
      return targets.peel(id);
    } catch (MissingObjectException e) {
      return null; // a broken ref must be deletable
    }
  }

  @Override
  public Path index() {
    return null;
  }

  @Override
  public RefTransaction.NewIndex editIndex() {
    return null;
  }

  @Override
  public List<Reflog.Entry> log(List<Move> moves) {
    var settings = opened.settings();
    var who = new Identity(settings, Instant.now()).recorder();
    return new Reflog(worktree, settings).entries(moves, branch(), who);
  }

  private String branch() {
    try {
      return refs.head().branch();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void moved(List<Move> moves) {
    moved = List.copyOf(moves);
  }

  @Override
  public void close() {
    walk.close();
  }
}
