package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/** Reads commits through the cache, and everything else as before. For one thread. */
final class CachedCommits extends ObjectReader.Filter {
  private final ObjectReader reader;
  private final ObjectCache objects;
  private final RepositoryId repository;

  /**
   * @param reader closed with this
   */
  CachedCommits(ObjectReader reader, ObjectCache objects, RepositoryId repository) {
    this.reader = reader;
    this.objects = objects;
    this.repository = repository;
  }

  @Override
  protected ObjectReader delegate() {
    return reader;
  }

  @Override
  public ObjectReader newReader() {
    return new CachedCommits(reader.newReader(), objects, repository);
  }

  @Override
  public ObjectLoader open(AnyObjectId id, int type) throws IOException {
    if (type != Constants.OBJ_COMMIT) {
      return reader.open(id, type);
    }
    var key = new ObjectCache.Key(repository, id.name(), true);
    var kept = objects.find(key);
    if (kept.isPresent()) {
      return new ObjectLoader.SmallObject(Constants.OBJ_COMMIT, kept.get());
    }
    var loader = reader.open(id, type);
    if (!loader.isLarge()) {
      objects.keep(key, loader.getCachedBytes());
    }
    return loader;
  }
}
