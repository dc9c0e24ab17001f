package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.home.KeptFiles;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Finishes what a GitVan process that died left behind: where its refs have moved, the reflogs and
 * the index follow; where they have not, nothing remains. Only locks that are the dead process's
 * own are removed.
 */
public final class Recovery {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  /** An intent that takes longer to write is torn. */
  private static final long TORN_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final RepositoryId repository;
  private final SharedPermissions permissions;
  private final Intents intents;
  private final KeptFiles files;

  public Recovery(RepositoryId repository, SharedPermissions permissions) {
    this.repository = repository;
    this.permissions = permissions;
    this.intents = new Intents(repository);
    this.files = new KeptFiles(repository.commonDir());
  }

  /** The repository's intents. */
  Intents intents() {
    return intents;
  }

  /**
   * Whether a process that died left something that this process may repair. Cheap: without
   * intents, it looks for a folder and a lock. A repository that cannot be read or written, such as
   * another user's, needs nothing.
   */
  public static boolean isNeeded(WorktreeId worktree) {
    var intents = new Intents(worktree.repository());
    try {
      return Files.isWritable(worktree.repository().commonDir())
          && (!dead(intents).isEmpty() || isOrphan(indexLock(worktree)));
    } catch (IOException e) {
      return false;
    }
  }

  private static Path indexLock(WorktreeId worktree) {
    return RefTransaction.lock(worktree.gitDir().resolve("index"));
  }

  /**
   * Repairs a worktree that is about to be used. It also finds an {@code index.lock} whose intent
   * somebody has removed: that lock keeps Git from working.
   *
   * @throws GitVanException {@code IO_ERROR} when something else is where GitVan keeps its files
   */
  public void run(WorktreeId worktree) throws IOException {
    run(indexLock(worktree));
  }

  /**
   * Reads every intent.
   *
   * @param lock one that may be a dead process's although its intent is gone
   * @return whether something was repaired
   */
  boolean run(Path lock) throws IOException {
    forgetTorn();
    if (dead(intents).isEmpty() && !isOrphan(lock)) {
      return false;
    }
    // One recovery at a time: between looking at a lock and removing it, nobody else may do so.
    try (var channel = files.openLock(repository.stateDir().resolve("recovery.lock"));
        var alone = channel.tryLock()) {
      if (alone == null) {
        return false;
      }
      if (isOrphan(lock)) {
        adopt(lock);
      }
      var dead = dead(intents);
      finish(dead);
      return !dead.isEmpty();
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static List<Intent> dead(Intents intents) throws IOException {
    var dead = new ArrayList<Intent>();
    for (var file : intents.list()) {
      if (isOfDead(file)) {
        Intent.read(intents, file).ifPresent(dead::add);
      }
    }
    return dead;
  }

  private static boolean isOfDead(Path file) throws IOException {
    return Intent.owner(file).filter(Owner::isDead).isPresent();
  }

  private static boolean isOrphan(Path lock) throws IOException {
    return isOfDead(lock) && Intent.id(lock).isPresent();
  }

  /** Gives a lock its intent back: the lock is the same file, or a copy. */
  private void adopt(Path lock) throws IOException {
    var id = Intent.id(lock);
    if (id.isEmpty()) {
      return;
    }
    intents.createFolder();
    var file = intents.folder().resolve(id.get());
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.createLink(file, lock);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(lock, file);
    }
  }

  /** Deletes what a process left that died before it had written who it was. */
  private void forgetTorn() throws IOException {
    for (var file : intents.list()) {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Intent.owner(file).isEmpty()
          && System.currentTimeMillis() - file.toFile().lastModified() > TORN_MILLIS) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** One that cannot be finished does not keep the others. */
  private void finish(List<Intent> dead) throws IOException {
    IOException failure = null;
    for (var intent : dead) {
      try {
        finish(intent);
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void finish(Intent intent) throws IOException {
    var planned = intent.planned();
    var deleted = new ArrayList<DeletedRef>();
    if (planned.isPresent() && hasMoved(intent, planned.get())) {
      planned.get().moves().stream()
          .filter(Move::deletes)
          .forEach(move -> deleted.add(new DeletedRef(repository.commonDir(), move.ref())));
      remember(planned.get());
      for (var ref : deleted) {
        ref.forgetLog();
      }
      for (var entry : planned.get().entries()) {
        append(entry);
      }
      if (intent.index() != null) {
        replaceIndex(intent, RefTransaction.lock(intent.index()));
      }
    }
    intent.end();
    deleted.forEach(DeletedRef::forgetFolders);
  }

  /** While its lock is there, the index is as it was when the new one was made. */
  private void replaceIndex(Intent intent, Path lock) throws IOException {
    var made = intent.temporary(lock);
    if (files.isFile(made)
        && (intent.holds(lock) || intent.take(lock) && isOlder(intent.index(), made))) {
      Files.move(made, intent.index(), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Whether nobody has changed the index since the new one was made, after removing the lock. */
  private boolean isOlder(Path index, Path made) throws IOException {
    return index.getFileSystem().supportedFileAttributeViews().contains("unix")
        && files.isFile(index)
        && changed(index).compareTo(changed(made)) < 0;
  }

  private static FileTime changed(Path file) throws IOException {
    return (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
  }

  /** As the process would have done itself, had it lived. */
  private void remember(Intent.Planned planned) {
    try {
      var receipts = new RefFiles(repository.commonDir()).leaf(GitVanRefs.RECEIPTS);
      for (var move : planned.moves()) {
        if (move.ref().equals(receipts) && !move.deletes()) {
          ReceiptsTip.write(repository, move.to());
        }
      }
    } catch (IOException | GitVanException e) {
      LOG.log(System.Logger.Level.WARNING, "the tip of the receipts: " + e);
    }
  }

  /** A log that cannot be written must not keep the locks. */
  private void append(Reflog.Entry entry) {
    try {
      if (!Reflog.endsWith(entry)) {
        Reflog.append(entry, permissions);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "reflog " + entry.file() + ": " + e);
    }
  }

  /**
   * Whether the refs have moved: while its locks are there, nobody else can have moved them. Locks
   * that a user has removed, as Git advises, are taken again. A ref whose file is damaged has not
   * moved.
   */
  private boolean hasMoved(Intent intent, Intent.Planned planned) throws IOException {
    var refs = new RefFiles(repository.commonDir());
    if (intent.holds(RefTransaction.lock(refs.packed()))) {
      refs.freeze();
    }
    try {
      for (var move : planned.moves()) {
        var lock = refs.lock(move.ref());
        if (!(intent.holds(lock) || intent.take(lock))
            || !Objects.equals(move.to(), refs.read(move.ref()))) {
          return false;
        }
      }
    } catch (GitVanException e) {
      return false;
    }
    return !planned.moves().isEmpty();
  }
}
