package dev.gitvan.git.jgit.internal.refs;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;

/**
 * What the blob of a lock's ref says. The first line is {@code held} or {@code free}, so that
 * {@code git show} is readable.
 *
 * @param epoch how often the lock has been acquired; never becomes less
 * @param token of this acquisition; empty when it is free
 * @param owner who has it, in words; or who has released it
 * @param process the owner's process; null when the lock is free
 * @param since when it was acquired or released, by that machine's clock
 * @param expires when it is no longer held unless it is renewed, by the owner's clock; null when it
 *     is free
 * @param lease how long a renewal lasts; zero when it is free
 */
public record LockRecord(
    long epoch,
    String token,
    String owner,
    Owner process,
    Instant since,
    Instant expires,
    Duration lease) {
  private static final String HELD = "held";
  private static final String FREE = "free";

  /** A lock that nobody has had yet. */
  public static final LockRecord NEVER =
      new LockRecord(0, "", "", null, Instant.EPOCH, null, Duration.ZERO);

  public boolean isHeld() {
    return process != null;
  }

  /** Whether this process has it. */
  public boolean isOwn() {
    return Owner.self().equals(process);
  }

  /** The same, acquired so often. */
  public LockRecord withEpoch(long epoch) {
    return new LockRecord(epoch, token, owner, process, since, expires, lease);
  }

  /** The next acquisition, by this process. */
  public LockRecord acquired(String token, String owner, Duration lease, Instant now) {
    return new LockRecord(epoch + 1, token, owner, Owner.self(), now, now.plus(lease), lease);
  }

  /** The same acquisition, for another lease. */
  public LockRecord renewed(Instant now) {
    return new LockRecord(epoch, token, owner, process, since, now.plus(lease), lease);
  }

  /** Nobody's any more. */
  public LockRecord released(Instant now) {
    return new LockRecord(epoch, "", owner, null, now, null, Duration.ZERO);
  }

  public byte[] toBytes() {
    var text = new StringBuilder(isHeld() ? HELD : FREE).append("\nepoch=").append(epoch);
    text.append("\nowner=").append(oneLine(owner)).append('\n');
    if (isHeld()) {
      text.append(process.toText());
      text.append("acquired=").append(since).append('\n');
      text.append("expires=").append(expires).append('\n');
      text.append("lease=").append(lease.toMillis()).append("ms\n");
      text.append("token=").append(token).append('\n');
    } else {
      text.append("released=").append(since).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /** Reads a blob; empty when it is not a lock record. */
  static Optional<LockRecord> parse(byte[] blob) {
    var lines = new String(blob, StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    var values = new HashMap<String, String>();
    for (var line : lines) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    try {
      long epoch = Long.parseLong(values.getOrDefault("epoch", ""));
      var owner = values.getOrDefault("owner", "");
      return switch (lines.get(0)) {
        case FREE -> {
          var since = Instant.parse(values.getOrDefault("released", ""));
          yield Optional.of(new LockRecord(epoch, "", owner, null, since, null, Duration.ZERO));
        }
        case HELD -> {
          var lease = values.getOrDefault("lease", "").replaceFirst("ms$", "");
          yield Optional.of(
              new LockRecord(
                  epoch,
                  values.getOrDefault("token", ""),
                  owner,
                  Owner.of(values),
                  Instant.parse(values.getOrDefault("acquired", "")),
                  Instant.parse(values.getOrDefault("expires", "")),
                  Duration.ofMillis(Long.parseLong(lease))));
        }
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
