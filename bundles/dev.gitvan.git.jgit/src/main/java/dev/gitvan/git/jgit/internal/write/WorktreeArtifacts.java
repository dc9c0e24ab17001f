package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.refs.Owner;
import dev.gitvan.git.jgit.internal.refs.RefFiles;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.worktree.HashOnly;
import dev.gitvan.git.jgit.internal.worktree.IndexFile;
import dev.gitvan.git.jgit.internal.worktree.WorktreeReader;
import dev.gitvan.job.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Artifacts as they lie in the worktree: the content that the newest receipt records for a path, or
 * what HEAD has there, for then Git's own history says who changed it. Looked at are the runs of
 * this very worktree that are part of what is checked out; a file that is gone is nobody's.
 */
final class WorktreeArtifacts {
  private final Opened opened;
  private final RevWalk walk;
  private final Findings findings;
  private final Path root;
  private final RevCommit head;

  WorktreeArtifacts(Opened opened, RevWalk walk, Findings findings) throws IOException {
    this.opened = opened;
    this.walk = walk;
    this.findings = findings;
    this.root = opened.worktree().workTree();
    var id = new RefFiles(opened.worktree()).head().id();
    this.head = id == null ? null : walk.parseCommit(id);
  }

  /**
   * @param receipts the newest first
   */
  void check(Map<ReceiptLog.Line, Receipt> receipts) throws IOException {
    var settled = new HashSet<String>();
    for (var entry : receipts.entrySet()) {
      var receipt = entry.getValue();
      if (receipt.worktree().equals(opened.worktree().name())
          && receipt.host().equals(Owner.self().host())) {
        for (var artifact : Custody.hashes(receipt).entrySet()) {
          var path = artifact.getKey();
          if (!settled.contains(path)
              && isSettled(receipt, entry.getKey().targets(), path, artifact.getValue())) {
            settled.add(path);
          }
        }
      }
    }
  }

  /** Whether the path needs no older receipt. */
  private boolean isSettled(
      Receipt receipt, Collection<ObjectId> targets, String path, Set<String> hashes)
      throws IOException {
    var file = file(path);
    if (file.isEmpty() || hashes.contains(hash(file.get())) || isAsInHead(path, file.get())) {
      return true;
    }
    if (!isCheckedOut(receipt, targets)) {
      return false;
    }
    findings.changed(
        receipt.id(),
        "artifact " + path + " differs from what the run wrote, in the worktree",
        "Run `" + receipt.job() + "` again, or commit the change.");
    return true;
  }

  /** A regular file inside the worktree, reached through no symbolic link. */
  private Optional<Path> file(String path) {
    try {
      var at = root;
      for (var name : path.split("/", -1)) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || Files.isSymbolicLink(at)) {
          return Optional.empty();
        }
        at = at.resolve(name);
      }
      return Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(at)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static String hash(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return Custody.sha256(in);
    }
  }

  private boolean isAsInHead(String path, Path file) throws IOException {
    if (head == null) {
      return false;
    }
    try (var entry = TreeWalk.forPath(walk.getObjectReader(), path, head.getTree())) {
      if (entry == null) {
        return false;
      }
      var id = entry.getObjectId(0);
      try (var in = Files.newInputStream(file);
          var hasher = new HashOnly()) {
        if (hasher.insert(Constants.OBJ_BLOB, Files.size(file), in).equals(id)) {
          return true;
        }
      }
      return id.equals(converted(path));
    }
  }

  /** The file as it would be committed: with other line ends, perhaps. */
  private ObjectId converted(String path) throws IOException {
    try {
      var worktree = opened.worktree();
      var index = IndexFile.read(worktree.index());
      return new WorktreeReader(worktree, opened.settings(), index, walk.getObjectReader())
          .hash(path)
          .map(WorktreeReader.Blob::id)
          .orElse(null);
    } catch (GitVanException e) {
      return null; // a filter, or an index that is not supported: as it is, it is not the same
    }
  }

  private boolean isCheckedOut(Receipt receipt, Collection<ObjectId> targets) throws IOException {
    if (head == null) {
      return true;
    }
    var candidates = new ArrayList<ObjectId>();
    for (var id : List.of(receipt.commit(), receipt.head())) {
      if (ObjectId.isId(id)) {
        candidates.add(ObjectId.fromString(id));
        break;
      }
    }
    candidates.addAll(targets);
    for (var id : candidates) {
      try {
        if (walk.isMergedInto(walk.parseCommit(id), head)) {
          return true;
        }
      } catch (MissingObjectException | IncorrectObjectTypeException e) {
        // not here: not checked out
      }
    }
    return false;
  }
}
