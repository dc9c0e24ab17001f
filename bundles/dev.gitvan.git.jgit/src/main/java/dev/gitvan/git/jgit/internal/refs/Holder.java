package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who holds a lock file.
 *
 * @param owner known for GitVan's own locks
 * @param since when the lock was taken, according to the file
 */
record Holder(Optional<Owner> owner, Optional<Instant> since) {
  static Holder of(Path lock) {
    try {
      var since = Files.getLastModifiedTime(lock).toInstant();
      return new Holder(Intent.owner(lock), Optional.of(since));
    } catch (IOException e) {
      return new Holder(Optional.empty(), Optional.empty());
    }
  }

  boolean isGitVan() {
    return owner.isPresent();
  }

  Problem toProblem(Path lock) {
    var age = since.map(at -> " for " + age(Duration.between(at, Instant.now()))).orElse("");
    return owner.isPresent()
        ? toProblem(lock, owner.get(), age)
        : new Problem(
            Codes.REPO_LOCKED,
            lock.toString(),
            "another process has held this lock" + age,
            "Run it again later. If no git process is running any more, remove the file.");
  }

  /** A user who removes GitVan's own lock loses what the recovery would finish. */
  private static Problem toProblem(Path lock, Owner owner, String age) {
    var who = "GitVan process " + owner.pid();
    String remedy;
    if (owner.isDead()) {
      who += " (which has ended)";
      remedy = "Do not remove the file: run any gitvan command; it finishes the interrupted one.";
    } else if (owner.isHere()) {
      remedy = "Run it again when that process has ended. Do not remove the file.";
    } else {
      who += " on " + owner.host();
      remedy =
          "Run it again when that process has ended. If it was killed, run any gitvan command"
              + " there; remove the file only if that machine or container no longer exists.";
    }
    return new Problem(
        Codes.REPO_LOCKED, lock.toString(), who + " has held this lock" + age, remedy);
  }

  private static String age(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }
}
