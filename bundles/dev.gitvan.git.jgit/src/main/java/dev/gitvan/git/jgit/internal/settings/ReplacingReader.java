package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.git.jgit.internal.text.GitText;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Reads objects with their replacements. It has neither bitmaps nor a commit graph: they know the
 * replaced objects only. For one thread.
 */
final class ReplacingReader extends ObjectReader {
  private static final int MAX_DEPTH = 5;

  private final ObjectReader stored;
  private final Replacements replacements;

  /**
   * @param stored closed with this
   */
  ReplacingReader(ObjectReader stored, Replacements replacements) {
    this.stored = stored;
    this.replacements = replacements;
  }

  @Override
  public ObjectReader newReader() {
    return new ReplacingReader(stored.newReader(), replacements);
  }

  @Override
  public ObjectLoader open(AnyObjectId id, int type) throws IOException {
    var loader = stored.open(replacement(id), type);
    var parents = replacements.parents(id.toObjectId());
    return parents == null || loader.getType() != Constants.OBJ_COMMIT
        ? loader
        : new ObjectLoader.SmallObject(
            Constants.OBJ_COMMIT, grafted(GitText.raw(loader.getCachedBytes()), parents));
  }

  private ObjectId replacement(AnyObjectId id) throws IOException {
    var read = id.toObjectId();
    for (int i = 0; i < MAX_DEPTH; i++) {
      var next = replacements.object(read);
      if (next == null) {
        return read;
      }
      read = next;
    }
    throw new IOException("too many replace refs lead from " + id.name() + " to others");
  }

  private static byte[] grafted(String commit, List<ObjectId> parents) {
    int start = commit.indexOf('\n') + 1;
    int end = start;
    while (commit.startsWith("parent ", end)) {
      end = commit.indexOf('\n', end) + 1;
    }
    var text = new StringBuilder(commit.substring(0, start));
    parents.forEach(parent -> text.append("parent ").append(parent.name()).append('\n'));
    return GitText.raw(text.append(commit, end, commit.length()).toString());
  }

  @Override
  public boolean has(AnyObjectId id) throws IOException {
    return stored.has(id);
  }

  @Override
  public Collection<ObjectId> resolve(AbbreviatedObjectId id) throws IOException {
    return stored.resolve(id);
  }

  @Override
  public Set<ObjectId> getShallowCommits() throws IOException {
    return stored.getShallowCommits();
  }

  @Override
  public ObjectInserter getCreatedFromInserter() {
    return stored.getCreatedFromInserter();
  }

  @Override
  public void close() {
    stored.close();
  }
}
