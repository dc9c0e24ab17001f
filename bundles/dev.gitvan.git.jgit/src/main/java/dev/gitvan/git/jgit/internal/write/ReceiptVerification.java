package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.git.jgit.internal.read.Commits;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
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
 * Checks receipts: each parses; the commit that it names carries its run's trailer; and an artifact
 * that is in that commit has the content that the receipt tells, or the same with LF for CRLF where
 * Git converts it. Where a commit was rewritten, the one that carries the note now stands for it.
 */
final class ReceiptVerification {
  private final Repository repository;
  private final Documents documents;
  private final List<Problem> findings = new ArrayList<>();

  ReceiptVerification(Repository repository, Documents documents) {
    this.repository = repository;
    this.documents = documents;
  }

  /** The findings, for the lines that look like receipts. */
  List<Problem> check(ReceiptLog log) throws IOException {
    var receipts = new HashMap<String, Receipt>();
    var lines = log.lines().stream().filter(ReceiptLog.Line::isReceipt).toList();
    for (var line : lines) {
      try {
        receipts.put(line.id(), ReceiptLog.parse(line, documents));
      } catch (IllegalArgumentException e) {
        found(line.id(), "it does not parse: " + e.getMessage());
      }
    }
    try (var walk = new RevWalk(repository)) {
      for (var line : lines) {
        var receipt = receipts.get(line.id());
        if (receipt != null && !receipt.commit().isEmpty()) {
          check(receipt, line, receipts, walk);
        }
      }
    }
    return findings;
  }

  private void check(Receipt receipt, ReceiptLog.Line line, Map<String, Receipt> all, RevWalk walk)
      throws IOException {
    var commit = commit(receipt.commit(), line.target(), walk);
    if (commit.isEmpty()) {
      found(receipt.id(), "its commit " + receipt.commit() + " is not in this repository");
      return;
    }
    walk.parseBody(commit.get());
    var runs = Commits.runs(commit.get());
    if (runs.stream().noneMatch(run -> isOf(run, receipt.id(), all))) {
      found(
          receipt.id(),
          "commit " + commit.get().name() + " has no trailer " + Commits.RUN_TRAILER + " of it");
    }
    var byPath =
        receipt.artifacts().stream()
            .collect(
                Collectors.groupingBy(
                    Artifact::path, Collectors.mapping(Artifact::sha256, Collectors.toSet())));
    for (var artifact : byPath.entrySet()) {
      checkArtifact(receipt, commit.get(), artifact.getKey(), artifact.getValue());
    }
  }

  private Optional<RevCommit> commit(String id, ObjectId target, RevWalk walk) throws IOException {
    if (ObjectId.isId(id)) {
      for (var candidate : List.of(ObjectId.fromString(id), target)) {
        try {
          return Optional.of(walk.parseCommit(candidate));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
          // rewritten and collected, or an overflow's blob: try the other
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a run is the receipt's own, or was called by it. */
  private static boolean isOf(String run, String id, Map<String, Receipt> all) {
    var at = run;
    for (int depth = 0; depth <= dev.gitvan.job.Trigger.MAX_DEPTH; depth++) {
      if (at.equals(id)) {
        return true;
      }
      var receipt = all.get(at);
      if (receipt == null || receipt.parent().isEmpty()) {
        return false;
      }
      at = receipt.parent();
    }
    return false;
  }

  private void checkArtifact(Receipt receipt, RevCommit commit, String path, Set<String> hashes)
      throws IOException {
    try (var walk = TreeWalk.forPath(repository, path, commit.getTree())) {
      if (walk == null || (walk.getRawMode(0) & FileMode.TYPE_MASK) != FileMode.TYPE_FILE) {
        return; // written, but not committed
      }
      var blob = walk.getObjectReader().open(walk.getObjectId(0), Constants.OBJ_BLOB);
      for (boolean crlf : new boolean[] {false, true}) {
        try (var in = crlf ? new LfToCrLf(blob.openStream()) : blob.openStream()) {
          if (hashes.contains(sha256(in))) {
            return;
          }
        }
      }
      found(receipt.id(), "artifact " + path + " is not what the run wrote, in " + commit.name());
    } catch (MissingObjectException e) {
      // a partial clone without this file: nothing to check it with
    }
  }

  private static String sha256(InputStream in) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void found(String id, String what) {
    findings.add(
        new Problem(
            Codes.RECEIPT_INVALID, id, what, "`git log -p " + ReceiptNotes.REF + "` tells who."));
  }
}
