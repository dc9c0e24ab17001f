package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.repository.RepositoryId;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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

  /** What takes a moment is not written any more after this. */
  private static final long NEVER_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final RepositoryId repository;
  private final SharedPermissions permissions;

  public Recovery(RepositoryId repository, SharedPermissions permissions) {
    this.repository = repository;
    this.permissions = permissions;
  }

  /** The folder of the intents. */
  public static Path folder(RepositoryId repository) {
    return repository.stateDir().resolve("intents");
  }

  /**
   * Looks at every intent.
   *
   * @return whether something was cleaned up
   */
  public boolean run() throws IOException {
    var dead = dead();
    if (dead.isEmpty()) {
      return false;
    }
    // One recovery at a time: between looking at a lock and removing it, nobody else may do so.
    var file = repository.stateDir().resolve("recovery.lock");
    try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      if (lock == null) {
        return false;
      }
      for (var intent : dead()) {
        finish(intent);
      }
      return true;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private List<Intent> dead() throws IOException {
    var dead = new ArrayList<Intent>();
    try (var files = Files.newDirectoryStream(folder(repository), "*" + Intent.SUFFIX)) {
      for (var file : files) {
        if (Intent.owner(file).filter(Owner::isDead).isPresent()) {
          Intent.read(file).ifPresent(dead::add);
        } else if (isNeverWritten(file.toFile())) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return dead;
  }

  /** Its process died before it wrote who it was, and so before it took a lock. */
  private static boolean isNeverWritten(File file) {
    return file.isFile()
        && file.length() == 0
        && System.currentTimeMillis() - file.lastModified() > NEVER_MILLIS;
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
      // The index lock is still its own, so the index is as it was when the new one was made.
      if (intent.index() != null) {
        var lock = RefTransaction.lock(intent.index());
        if (intent.holds(lock) && Files.exists(intent.temporary(lock))) {
          Files.move(intent.temporary(lock), intent.index(), StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    intent.end();
    deleted.forEach(DeletedRef::forgetFolders);
  }

  /** As the process would have done itself, had it lived. */
  private void remember(Intent.Planned planned) throws IOException {
    var receipts = new RefFiles(repository.commonDir()).leaf(GitVanRefs.RECEIPTS);
    for (var move : planned.moves()) {
      if (move.ref().equals(receipts) && !move.deletes()) {
        ReceiptsTip.write(repository, move.to());
      }
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

  /** Whether the refs have moved: while its locks are there, nobody else can have moved them. */
  private boolean hasMoved(Intent intent, Intent.Planned planned) throws IOException {
    if (planned.moves().isEmpty()) {
      return false;
    }
    var refs = new RefFiles(repository.commonDir());
    if (intent.holds(RefTransaction.lock(refs.packed()))) {
      refs.freeze();
    }
    for (var move : planned.moves()) {
      if (!intent.holds(refs.lock(move.ref()))
          || !Objects.equals(move.to(), refs.read(move.ref()))) {
        return false;
      }
    }
    return true;
  }
}
