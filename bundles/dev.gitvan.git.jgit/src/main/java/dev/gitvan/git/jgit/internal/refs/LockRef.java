package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.Fence;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/** The ref of a lock and the record that it names. */
public final class LockRef {
  private static final int MAX_BYTES = 64 << 10;

  private LockRef() {}

  /**
   * A lock's ref.
   *
   * @throws GitVanException {@code REF_INVALID}
   */
  public static String of(String lock) {
    var ref = GitVanRefs.LOCKS + lock;
    if (!Repository.isValidRefName(ref) || ref.length() > 200) {
      throw GitVanException.of(
          Codes.REF_INVALID,
          lock,
          "not a valid lock name",
          "Use letters, digits, `.`, `_`, `-`, in parts separated by slashes.");
    }
    return ref;
  }

  /**
   * Checks whether the owner of the fence still holds the lock, and its lease has not expired. To
   * be called while its ref is locked: nobody can take the lock over then.
   *
   * @throws GitVanException {@code LOCK_LOST}
   */
  public static void require(Fence fence, RefFiles refs, ObjectReader reader) throws IOException {
    var id = refs.read(of(fence.lock()));
    var record = id == null ? Optional.<LockRecord>empty() : read(id, reader);
    if (record.isEmpty()
        || !record.get().isHeld()
        || !record.get().token().equals(fence.token())
        || Instant.now().isAfter(record.get().expires())) {
      throw lost(fence.lock(), record.orElse(null));
    }
  }

  /** The record of a blob; empty when it is not a record. */
  public static Optional<LockRecord> read(ObjectId id, ObjectReader reader) throws IOException {
    try {
      return LockRecord.parse(reader.open(id, Constants.OBJ_BLOB).getCachedBytes(MAX_BYTES));
    } catch (IncorrectObjectTypeException
        | MissingObjectException
        | org.eclipse.jgit.errors.LargeObjectException e) {
      return Optional.empty();
    }
  }

  /**
   * @param now what the lock is now, or null
   */
  public static GitVanException lost(String lock, LockRecord now) {
    var who =
        now == null
            ? "nobody holds it"
            : !now.isHeld()
                ? "it has been released"
                : now.isOwn() && Instant.now().isAfter(now.expires())
                    ? "its lease has expired"
                    : now.owner()
                        + " (process "
                        + now.process().pid()
                        + " on "
                        + now.process().host()
                        + ") holds it";
    return GitVanException.of(
        Codes.LOCK_LOST,
        lock,
        "the lock was lost: " + who,
        "Run it again, with a longer lease if needed.");
  }
}
