package dev.gitvan.git.jgit.internal.write;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PackParser;

/**
 * The objects that a transaction makes. What is small stays in memory, so that later steps read it
 * from there. This one keeps all in memory, for dry runs; {@link LooseObjects} writes them too. Not
 * safe for several threads.
 */
class StagedObjects extends ObjectInserter {
  /** Objects up to this size are kept, in bytes. */
  static final int KEPT = 1 << 20;

  /** How often an object is looked for that is not there. */
  private static final int ATTEMPTS = 5;

  private static final long PAUSE_NANOS = 10_000_000;

  private record Kept(int type, byte[] data) {}

  private final Repository repository;
  private final Map<ObjectId, Kept> kept = new HashMap<>();
  private long keptBytes;

  StagedObjects(Repository repository) {
    this.repository = repository;
  }

  @Override
  public ObjectId insert(int type, byte[] data, int offset, int length) throws IOException {
    var bytes = java.util.Arrays.copyOfRange(data, offset, offset + length);
    var id = idFor(type, bytes);
    if (!kept.containsKey(id)) {
      boolean keep = keeps(bytes.length);
      write(id, type, bytes, keep);
      if (keep) {
        kept.put(id, new Kept(type, bytes));
        keptBytes += bytes.length;
      }
    }
    return id;
  }

  /** Whether an object of so many bytes is kept. */
  boolean keeps(int length) {
    return length <= KEPT;
  }

  /** How many bytes are kept. */
  long keptBytes() {
    return keptBytes;
  }

  @Override
  public ObjectId insert(int type, long length, InputStream in) throws IOException {
    if (length <= KEPT) {
      var bytes = in.readNBytes((int) length);
      if (bytes.length != length) {
        throw new java.io.EOFException();
      }
      return insert(type, bytes);
    }
    return stream(type, length, in);
  }

  /**
   * Writes an object.
   *
   * @param kept whether it is kept, and so need not be there before {@link #flush}
   */
  void write(ObjectId id, int type, byte[] data, boolean kept) throws IOException {
    // nothing to write in a dry run
  }

  /** Takes an object that is too large to keep. */
  ObjectId stream(int type, long length, InputStream in) throws IOException {
    return idFor(type, length, in);
  }

  /** Forgets what is kept. */
  void clear() {
    kept.clear();
    keptBytes = 0;
  }

  @Override
  public PackParser newPackParser(InputStream in) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ObjectReader newReader() {
    return new Reader(repository.newObjectReader());
  }

  @Override
  public void flush() throws IOException {
    // written at once
  }

  @Override
  public void close() {
    clear();
  }

  /** Reads what is kept before what is in the repository. */
  private final class Reader extends ObjectReader {
    private final ObjectReader stored;

    Reader(ObjectReader stored) {
      this.stored = stored;
    }

    @Override
    public ObjectReader newReader() {
      return new Reader(stored.newReader());
    }

    @Override
    public Collection<ObjectId> resolve(AbbreviatedObjectId id) throws IOException {
      return stored.resolve(id);
    }

    @Override
    public boolean has(AnyObjectId id) throws IOException {
      return kept.containsKey(id) || stored.has(id);
    }

    @Override
    public ObjectLoader open(AnyObjectId id, int typeHint)
        throws MissingObjectException, IncorrectObjectTypeException, IOException {
      var object = kept.get(id);
      if (object == null) {
        return openStored(id, typeHint);
      }
      if (typeHint != OBJ_ANY && typeHint != object.type()) {
        throw new IncorrectObjectTypeException(id.copy(), typeHint);
      }
      return new ObjectLoader.SmallObject(object.type(), object.data());
    }

    /** While {@code git gc} moves an object into a pack, JGit may for a moment see it nowhere. */
    private ObjectLoader openStored(AnyObjectId id, int typeHint) throws IOException {
      for (int attempt = 1; ; attempt++) {
        try {
          return stored.open(id, typeHint);
        } catch (MissingObjectException e) {
          if (attempt == ATTEMPTS) {
            throw e;
          }
          LockSupport.parkNanos(PAUSE_NANOS * attempt);
        }
      }
    }

    @Override
    public Set<ObjectId> getShallowCommits() throws IOException {
      return stored.getShallowCommits();
    }

    @Override
    public ObjectInserter getCreatedFromInserter() {
      return StagedObjects.this;
    }

    @Override
    public void close() {
      stored.close();
    }
  }
}
