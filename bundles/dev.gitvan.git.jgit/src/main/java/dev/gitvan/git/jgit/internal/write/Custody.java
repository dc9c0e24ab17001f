package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.git.jgit.internal.text.ObjectText;
import dev.gitvan.git.jgit.internal.text.RunTrailer;
import dev.gitvan.git.jgit.internal.worktree.LfToCrLf;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.Trigger;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The chain from a receipt to a commit and back: the commit that a receipt names, or the one that
 * stands for it since it was amended or rebased, names the run in a trailer, and has the artifacts
 * of the receipt, or the same with LF for CRLF where Git converts it.
 */
final class Custody {
  private final Repository repository;
  private final RevWalk walk;
  private final Map<String, Receipt> receipts;
  private final Findings findings;

  Custody(Repository repository, RevWalk walk, Collection<Receipt> receipts, Findings findings) {
    this.repository = repository;
    this.walk = walk;
    this.receipts = receipts.stream().collect(Collectors.toMap(Receipt::id, r -> r));
    this.findings = findings;
  }

  /**
   * Checks a receipt.
   *
   * @param targets the objects whose notes have it
   * @return false when neither its commit nor one that has its note is in this repository
   */
  boolean check(Receipt receipt, Collection<ObjectId> targets) throws IOException {
    if (receipt.commit().isEmpty()) {
      return true;
    }
    var candidates = candidates(receipt, targets);
    if (candidates.isEmpty()) {
      return false;
    }
    for (var commit : candidates) {
      if (named(commit).stream().anyMatch(run -> isOf(run, receipt.id()))) {
        checkArtifacts(receipt, commit);
        return true;
      }
    }
    findings.mismatch(
        receipt.id(),
        "commit "
            + candidates.get(0).name()
            + " has no trailer "
            + RunTrailer.KEY
            + " of this run");
    return true;
  }

  private List<RevCommit> candidates(Receipt receipt, Collection<ObjectId> targets)
      throws IOException {
    var ids = new ArrayList<ObjectId>();
    if (ObjectId.isId(receipt.commit())) {
      ids.add(ObjectId.fromString(receipt.commit()));
    }
    ids.addAll(targets);
    var commits = new ArrayList<RevCommit>();
    for (var id : ids) {
      commit(id).ifPresent(commits::add);
    }
    return commits;
  }

  private Optional<RevCommit> commit(ObjectId id) throws IOException {
    try {
      var commit = walk.parseCommit(id);
      walk.parseBody(commit);
      return Optional.of(commit);
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      // Rewritten and collected, beyond a shallow clone's end, or the blob of an overflowing note.
      return Optional.empty();
    }
  }

  private static List<String> named(RevCommit commit) {
    return RunTrailer.runs(ObjectText.of(commit).message());
  }

  /** Whether a run is the receipt's own, or was called by it. */
  private boolean isOf(String run, String id) {
    var at = run;
    for (int depth = 0; depth <= Trigger.MAX_DEPTH; depth++) {
      if (at.equals(id)) {
        return true;
      }
      var receipt = receipts.get(at);
      if (receipt == null || receipt.parent().isEmpty()) {
        return false;
      }
      at = receipt.parent();
    }
    return false;
  }

  private void checkArtifacts(Receipt receipt, RevCommit commit) throws IOException {
    var hashes = hashes(receipt);
    if (!commit.name().equals(receipt.commit())) {
      // Several commits of runs may have become this one; the last one's artifact is there.
      for (var run : named(commit)) {
        var other = receipts.get(run);
        if (other != null) {
          hashes(other).forEach((path, more) -> hashes.merge(path, more, Custody::union));
        }
      }
    }
    for (var artifact : receipt.artifacts()) {
      var path = artifact.path();
      if (hashes.containsKey(path) && !isThere(commit, path, hashes.remove(path))) {
        findings.changed(
            receipt.id(),
            "artifact " + path + " differs from what the run wrote, in commit " + commit.name(),
            "`git show " + commit.name() + " -- " + path + "` shows it.");
      }
    }
  }

  static Map<String, Set<String>> hashes(Receipt receipt) {
    var hashes = new HashMap<String, Set<String>>();
    for (var artifact : receipt.artifacts()) {
      hashes.merge(artifact.path(), Set.of(artifact.sha256()), Custody::union);
    }
    return hashes;
  }

  private static Set<String> union(Set<String> some, Set<String> more) {
    var all = new HashSet<>(some);
    all.addAll(more);
    return all;
  }

  /** Whether a file of the commit has one of the contents; what was not committed has. */
  private boolean isThere(RevCommit commit, String path, Set<String> hashes) throws IOException {
    try (var file = TreeWalk.forPath(repository, path, commit.getTree())) {
      if (file == null || (file.getRawMode(0) & FileMode.TYPE_MASK) != FileMode.TYPE_FILE) {
        return true;
      }
      var blob = file.getObjectReader().open(file.getObjectId(0), Constants.OBJ_BLOB);
      for (boolean crlf : new boolean[] {false, true}) {
        try (var in = crlf ? new LfToCrLf(blob.openStream()) : blob.openStream()) {
          if (hashes.contains(sha256(in))) {
            return true;
          }
        }
      }
      return false;
    } catch (MissingObjectException e) {
      return true; // a partial clone without this file: nothing to check it with
    }
  }

  static String sha256(InputStream in) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
