package dev.gitvan.git.jgit.internal.sync;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.ReceiptSync;
import dev.gitvan.git.jgit.internal.command.Caller;
import dev.gitvan.git.jgit.internal.command.GitCall;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Opened;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What goes over the network, by the {@code git} command: the user's credential helpers, agents,
 * proxies and keys work as they do for {@code git} itself, which JGit knows only a part of.
 */
final class Exchange {
  /** The remote has moved since it was fetched, or somebody writes there at this moment. */
  private static final Pattern MOVED =
      Pattern.compile(
          "fetch first|non-fast-forward|stale info|cannot lock ref|failed to update ref"
              + "|incorrect old value|reference already exists|failed to lock"
              + "|is at [0-9a-f]+ but expected");

  /** How often something is tried while others are at it. */
  static final int ATTEMPTS = 8;

  private static final long PAUSE_MILLIS = 100;

  private final Opened opened;
  private final GitCommand command;
  private final Caller caller;

  Exchange(Opened opened, GitCommand command, ReceiptSync.Caller caller) {
    this.opened = opened;
    this.command = command;
    this.caller =
        new Caller(
            caller.environment(),
            caller::deadline,
            () -> {
              if (Thread.currentThread().isInterrupted()) {
                throw GitVanException.of(
                    Codes.INTERRUPTED, "receipt sync", "cancelled", "Run it again.");
              }
            });
  }

  private String run(GitCall call) {
    return command.run(opened.worktree(), opened.settings(), caller, call).text();
  }

  /**
   * Adds a value to the repository's own configuration, unless it is there by now. While somebody
   * else writes that, it is tried again for a moment.
   */
  void configure(String key, String value) {
    var call =
        GitCall.changing("config", "--local", "--fixed-value", "--replace-all", key, value, value);
    for (int attempt = 1; ; attempt++) {
      try {
        run(call);
        return;
      } catch (GitVanException e) {
        if (!e.code().equals(Codes.REPO_LOCKED) || attempt == ATTEMPTS) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  /** Waits before the next attempt, longer each time, with jitter. */
  void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE_MILLIS * attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next call says so
    }
  }

  /** The remote's notes refs by name, asked from it. */
  Map<String, ObjectId> list(Place place) {
    var refs = new TreeMap<String, ObjectId>();
    var call =
        GitCall.reading("ls-remote", "--quiet", "--refs", place.argument())
            .with(SyncSettings.NOTES + "*");
    for (var line : run(call).lines().toList()) {
      var fields = line.split("\t");
      if (fields.length == 2 && ObjectId.isId(fields[0])) {
        refs.put(fields[1], ObjectId.fromString(fields[0]));
      }
    }
    return refs;
  }

  /** Fetches the remote's notes into their tracking refs. */
  void fetch(Place place) {
    run(
        GitCall.changing(
                "fetch",
                "--quiet",
                "--no-tags",
                // What the remote has no more must not pass for what it has. Of the named refs
                // only.
                "--prune",
                "--no-prune-tags",
                // Not where the user's refspecs lead, which may be over our own notes.
                "--refmap=",
                "--no-write-fetch-head",
                "--no-recurse-submodules",
                // Of a partial clone too: notes are read by JGit, which fetches nothing later.
                "--no-filter")
            .with(place.argument(), SyncSettings.refspec(place.tracking())));
  }

  /**
   * Gives the remote notes, unless it has moved meanwhile.
   *
   * @param tips what its refs shall become
   * @return false when it has moved: fetch, merge and try again
   */
  boolean push(Place place, Map<String, ObjectId> tips) {
    var call =
        GitCall.changing(
                "push",
                "--porcelain",
                "--no-verify",
                "--no-follow-tags",
                "--no-signed",
                "--no-force-with-lease",
                "--recurse-submodules=no")
            .with(place.argument());
    for (var tip : tips.entrySet()) {
      call = call.with(tip.getValue().name() + ":" + tip.getKey());
    }
    var output = command.tried(opened.worktree(), opened.settings(), caller, call);
    if (output.status() == 0) {
      return true;
    }
    var refused = output.lines().stream().filter(line -> line.startsWith("!")).toList();
    if (!refused.isEmpty() && refused.stream().allMatch(line -> MOVED.matcher(line).find())) {
      return false;
    }
    throw GitCommand.failure(call, output).toException();
  }
}
