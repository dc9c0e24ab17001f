package dev.gitvan.git;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The state of a lock, read from its ref. Immutable. */
public final class LockStatus {
  private final String name;
  private final State state;
  private final long epoch;
  private final String owner;
  private final String host;
  private final long pid;
  private final Instant since;
  private final Instant expires;

  private LockStatus(Builder builder) {
    this.name = builder.name;
    this.state = builder.state;
    this.epoch = builder.epoch;
    this.owner = builder.owner;
    this.host = builder.host;
    this.pid = builder.pid;
    this.since = builder.since;
    this.expires = builder.expires;
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder(String name, State state) {
    return new Builder(name, state);
  }

  /** Name without {@code refs/gitvan/locks/}. */
  public String name() {
    return name;
  }

  /** The state. */
  public State state() {
    return state;
  }

  /** Number of acquisitions of the lock so far; 0 if its record cannot be read. */
  public long epoch() {
    return epoch;
  }

  /** The current or last owner; empty if its record cannot be read. */
  public String owner() {
    return owner;
  }

  /** Host of the owner; empty unless it is held or expired. */
  public String host() {
    return host;
  }

  /** Process id of the owner; 0 unless it is held or expired. */
  public long pid() {
    return pid;
  }

  /**
   * When it was acquired or released, by the clock of that host; null if its record cannot be read.
   */
  public Instant since() {
    return since;
  }

  /** When its lease expires, by the owner's clock; null unless it is held or expired. */
  public Instant expires() {
    return expires;
  }

  /** When its lease expires; empty unless it is held or expired. */
  public Optional<Instant> expiry() {
    return Optional.ofNullable(expires);
  }

  /** The state of a lock. */
  public enum State {
    /** An owner holds it. */
    HELD,
    /** No owner holds it. */
    FREE,
    /** Its owner has ended, or its lease has expired. The next request acquires it. */
    EXPIRED,
    /** Its ref does not point to a lock record. */
    UNREADABLE
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LockStatus status && values().equals(status.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return owner.isEmpty() ? name + " " + state : name + " " + state + ", " + owner;
  }

  private List<Object> values() {
    return Arrays.asList(name, state, epoch, owner, host, pid, since, expires);
  }

  /**
   * Builds lock states. By default, strings are empty, numbers are 0, and times are null. Not
   * thread-safe.
   */
  public static final class Builder {
    private final String name;
    private final State state;
    private long epoch;
    private String owner = "";
    private String host = "";
    private long pid;
    private Instant since;
    private Instant expires;

    private Builder(String name, State state) {
      this.name = Objects.requireNonNull(name, "name");
      this.state = Objects.requireNonNull(state, "state");
    }

    public Builder epoch(long value) {
      epoch = value;
      return this;
    }

    public Builder owner(String value) {
      owner = Objects.requireNonNull(value, "owner");
      return this;
    }

    public Builder host(String value) {
      host = Objects.requireNonNull(value, "host");
      return this;
    }

    public Builder pid(long value) {
      pid = value;
      return this;
    }

    public Builder since(Instant value) {
      since = value;
      return this;
    }

    public Builder expires(Instant value) {
      expires = value;
      return this;
    }

    public LockStatus build() {
      return new LockStatus(this);
    }
  }
}
