package dev.gitvan.git.jgit.internal.worktree;

import dev.gitvan.job.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Files of a dry run that are not written. Their digests are all that is known of them, which is
 * enough to tell whether a commit would change anything: a draft that is what the tree has already
 * is that blob, and any other is a blob that nothing else is.
 */
final class DraftFiles {
  private final Map<String, Artifact> files = new HashMap<>();

  DraftFiles(Collection<Artifact> drafts) {
    drafts.forEach(file -> files.put(file.path(), file));
  }

  boolean has(String path) {
    return files.containsKey(path);
  }

  /** The drafts that are a named path or lie below it. */
  Set<String> under(String name) {
    return files.keySet().stream()
        .filter(path -> name.isEmpty() || path.equals(name) || path.startsWith(name + "/"))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The blob that stands for a draft; its stat data mean nothing.
   *
   * @param tree what would be committed to
   */
  WorktreeReader.Blob blob(String path, ObjectId tree, ObjectReader objects, ObjectInserter into)
      throws IOException {
    var draft = files.get(path);
    try (var walk = TreeWalk.forPath(objects, path, tree)) {
      boolean isFile =
          walk != null && (walk.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
      if (isFile && isContent(draft, objects, walk.getObjectId(0))) {
        return new WorktreeReader.Blob(walk.getRawMode(0), walk.getObjectId(0), null, true);
      }
      int mode = isFile ? walk.getRawMode(0) : FileMode.REGULAR_FILE.getBits();
      var standIn = "draft " + draft.sha256() + " " + draft.bytes() + "\n";
      var id = into.insert(Constants.OBJ_BLOB, standIn.getBytes(StandardCharsets.UTF_8));
      return new WorktreeReader.Blob(mode, id, null, true);
    }
  }

  /** Whether a blob is the draft, as it is or checked out with CRLF line ends. */
  private static boolean isContent(Artifact draft, ObjectReader objects, ObjectId id)
      throws IOException {
    for (boolean crlf : new boolean[] {false, true}) {
      try (var blob = objects.open(id, Constants.OBJ_BLOB).openStream()) {
        if (draft.sha256().equals(sha256(crlf ? new LfToCrLf(blob) : blob))) {
          return true;
        }
      }
    }
    return false;
  }

  private static String sha256(InputStream in) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
