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
    var who =
        owner
            .map(o -> "GitVan process " + o.pid() + (o.isDead() ? " (which has ended)" : ""))
            .orElse("another process");
    return new Problem(
        Codes.REPO_LOCKED,
        lock.toString(),
        who + " has held this lock" + age,
        "Run it again later. If no git process is running any more, remove the file.");
  }

  private static String age(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }
}
