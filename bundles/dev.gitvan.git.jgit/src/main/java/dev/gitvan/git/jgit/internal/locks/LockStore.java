package dev.gitvan.git.jgit.internal.locks;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.git.jgit.internal.refs.GitVanRefs;
import dev.gitvan.git.jgit.internal.refs.LockRecord;
import dev.gitvan.git.jgit.internal.refs.LockRef;
import dev.gitvan.git.jgit.internal.refs.Move;
import dev.gitvan.git.jgit.internal.refs.Recovery;
import dev.gitvan.git.jgit.internal.refs.RefFiles;
import dev.gitvan.git.jgit.internal.refs.RefTransaction;
import dev.gitvan.git.jgit.internal.refs.Reflog;
import dev.gitvan.git.jgit.internal.refs.SharedPermissions;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.git.jgit.internal.write.LooseObjects;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** The locks of repositories as they are at this moment. Safe for any thread. */
final class LockStore {
  private final Repositories repositories;
  private final Failpoint failpoint;

  /**
   * What a lock's ref names.
   *
   * @param id null when there is no such ref
   * @param record empty when the ref names something else than a lock's record
   */
  record Seen(ObjectId id, Optional<LockRecord> record) {}

  LockStore(Repositories repositories, Failpoint failpoint) {
    this.repositories = repositories;
    this.failpoint = failpoint;
  }

  private interface Reading<T> {
    T from(Opened opened) throws IOException;
  }

  private <T> T in(WorktreeId worktree, Reading<T> reading) {
    var opened = repositories.open(worktree);
    try (var repository = opened.repository()) {
      return reading.from(opened);
    } catch (IOException e) {
      throw GitFailure.of(e, worktree.repository().toString());
    }
  }

  /**
   * What a lock is now.
   *
   * @throws GitVanException {@code REF_INVALID}
   */
  Seen read(WorktreeId worktree, String lock) {
    var ref = LockRef.of(lock);
    return in(worktree, opened -> read(opened, new RefFiles(worktree).read(ref)));
  }

  private static Seen read(Opened opened, ObjectId id) throws IOException {
    if (id == null) {
      return new Seen(null, Optional.of(LockRecord.NEVER));
    }
    try (var reader = opened.repository().newObjectReader()) {
      return new Seen(id, LockRef.read(id, reader));
    }
  }

  /** All locks, by name. */
  TreeMap<String, Seen> list(WorktreeId worktree) {
    return in(
        worktree,
        opened -> {
          var locks = new TreeMap<String, Seen>();
          for (var ref : opened.repository().getRefDatabase().getRefsByPrefix(GitVanRefs.LOCKS)) {
            var name = ref.getName().substring(GitVanRefs.LOCKS.length());
            locks.put(name, read(opened, ref.getObjectId()));
          }
          return locks;
        });
  }

  /**
   * Moves a lock's ref, if it still is what was seen.
   *
   * @return what it is then; empty when it was not
   * @throws GitVanException {@code REPO_LOCKED}, {@code REF_INVALID}
   */
  Optional<Seen> move(WorktreeId worktree, String lock, ObjectId from, LockRecord to)
      throws InterruptedException {
    var turn = repositories.turn(worktree.repository());
    turn.lockInterruptibly();
    try {
      return in(worktree, opened -> move(opened, LockRef.of(lock), from, to));
    } finally {
      turn.unlock();
    }
  }

  private Optional<Seen> move(Opened opened, String ref, ObjectId from, LockRecord to)
      throws IOException {
    var repository = opened.worktree().repository();
    var permissions = SharedPermissions.of(opened.settings());
    var refs = new RefFiles(opened.worktree());
    var recovery = new Recovery(repository, permissions);
    requireRoom(refs, ref, from);
    // Synced, although a lock need not survive: a ref whose blob is lost is damage.
    try (var objects = new LooseObjects(opened, true, permissions)) {
      var plan = new Plan(refs, ref, from, to, objects);
      new RefTransaction(refs, recovery, permissions, failpoint, false, opened.debug()).run(plan);
      return Optional.of(new Seen(plan.made, Optional.of(to)));
    } catch (RefTransaction.Moved e) {
      return Optional.empty();
    }
  }

  private static void requireRoom(RefFiles refs, String ref, ObjectId now) throws IOException {
    var other = now == null ? refs.conflict(ref) : null;
    if (other != null) {
      throw GitVanException.of(
          Codes.REF_INVALID, ref, "it conflicts with the lock " + other, "Choose another name.");
    }
  }

  /** One ref that moves to a new blob. There is no reflog: the epoch is enough. */
  private static final class Plan implements RefTransaction.Plan {
    private final RefFiles refs;
    private final String ref;
    private final ObjectId from;
    private final LockRecord to;
    private final LooseObjects objects;
    private ObjectId made;

    Plan(RefFiles refs, String ref, ObjectId from, LockRecord to, LooseObjects objects) {
      this.refs = refs;
      this.ref = ref;
      this.from = from;
      this.to = to;
      this.objects = objects;
    }

    @Override
    public Collection<String> refs() {
      return List.of(ref);
    }

    @Override
    public List<Move> known() {
      return List.of();
    }

    @Override
    public List<Move> merged() throws RefTransaction.Moved, IOException {
      var now = refs.read(ref);
      if (now == null ? from != null : !now.equals(from)) {
        throw new RefTransaction.Moved(ref);
      }
      requireRoom(refs, ref, now);
      made = objects.insert(Constants.OBJ_BLOB, to.toBytes());
      objects.flush();
      return List.of(new Move(ref, now, made, null, ""));
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
      return List.of();
    }

    @Override
    public void moved(List<Move> moves) {
      // nothing follows
    }
  }
}
