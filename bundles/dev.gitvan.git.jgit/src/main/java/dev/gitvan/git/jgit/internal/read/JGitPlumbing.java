package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Plumbing;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.metrics.Recorder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Objects read with JGit. */
public class JGitPlumbing implements Plumbing {
  private final View view;
  private final Recorder objectRead;

  public JGitPlumbing(View view, Recorder objectRead) {
    this.view = view;
    this.objectRead = objectRead;
  }

  @Override
  public ObjectInfo info(String revision) {
    var id = view.revisions().id(revision);
    try (var reader = view.repository().newObjectReader()) {
      var object = reader.open(id);
      return new ObjectInfo(id.name(), type(object.getType()), object.getSize());
    } catch (IOException e) {
      throw GitFailure.of(e, revision);
    }
  }

  @Override
  public byte[] content(String revision) {
    long start = System.nanoTime();
    try {
      // Of a whole id it is known that there is such an object.
      if (revision.length() == Constants.OBJECT_ID_STRING_LENGTH) {
        var kept = view.objects().find(key(revision));
        if (kept.isPresent()) {
          told(revision, kept.get(), start);
          return kept.get().clone();
        }
      }
      var id = view.revisions().id(revision);
      var content = read(id);
      view.objects().keep(key(id.name()), content.clone());
      told(id.name(), content, start);
      return content;
    } catch (IOException e) {
      throw GitFailure.of(e, revision);
    } finally {
      objectRead.since(start);
    }
  }

  private void told(String id, byte[] content, long start) {
    view.opened().debug().read(id, content.length, System.nanoTime() - start);
  }

  private ObjectCache.Key key(String id) {
    return new ObjectCache.Key(view.worktree().repository(), id, false);
  }

  private byte[] read(ObjectId id) throws IOException {
    try (ObjectReader reader = view.repository().newObjectReader()) {
      var object = reader.open(id);
      if (!object.isLarge()) {
        return object.getBytes();
      }
      try (var in = object.openStream()) {
        return in.readAllBytes();
      }
    }
  }

  @Override
  public List<TreeItem> tree(String revision, boolean recursive) {
    try (var walk = new TreeWalk(view.repository());
        var revs = new RevWalk(walk.getObjectReader())) {
      walk.addTree(revs.parseTree(view.revisions().id(revision)));
      walk.setRecursive(recursive);
      var items = new ArrayList<TreeItem>();
      while (walk.next()) {
        int mode = walk.getRawMode(0);
        var type = type(FileMode.fromBits(mode).getObjectType());
        items.add(
            new TreeItem(GitText.name(walk.getRawPath()), mode, type, walk.getObjectId(0).name()));
      }
      return items;
    } catch (IOException e) {
      throw GitFailure.of(e, revision);
    }
  }

  @Override
  public String hash(byte[] content) {
    try (var formatter = new ObjectInserter.Formatter()) {
      return formatter.idFor(Constants.OBJ_BLOB, content).name();
    }
  }

  private static ObjectType type(int type) {
    return switch (type) {
      case Constants.OBJ_COMMIT -> ObjectType.COMMIT;
      case Constants.OBJ_TREE -> ObjectType.TREE;
      case Constants.OBJ_TAG -> ObjectType.TAG;
      default -> ObjectType.BLOB;
    };
  }
}
