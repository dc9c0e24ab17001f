package dev.gitvan.git;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/** An entry of a reflog. Immutable. */
public final class ReflogEntry {
  private final String oldId;
  private final String newId;
  private final String who;
  private final String email;
  private final OffsetDateTime date;
  private final String message;

  private ReflogEntry(Builder builder) {
    this.oldId = builder.oldId;
    this.newId = builder.newId;
    this.who = builder.who;
    this.email = builder.email;
    this.date = builder.date;
    this.message = builder.message;
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder(String oldId, String newId) {
    return new Builder(oldId, newId);
  }

  /** Previous object id; zeros when the ref was created. */
  public String oldId() {
    return oldId;
  }

  /** New object id; zeros when the ref was deleted. */
  public String newId() {
    return newId;
  }

  /** Name of the person who moved the ref. */
  public String who() {
    return who;
  }

  /** The person's email address. */
  public String email() {
    return email;
  }

  /** When the ref was moved, with the person's offset. */
  public OffsetDateTime date() {
    return date;
  }

  /** What moved the ref, on one line; or empty. */
  public String message() {
    return message;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReflogEntry entry && values().equals(entry.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return oldId + " " + newId + " " + message;
  }

  private List<Object> values() {
    return List.of(oldId, newId, who, email, date, message);
  }

  /**
   * Builds reflog entries. By default, strings are empty, and the date is the epoch. Not
   * thread-safe.
   */
  public static final class Builder {
    private final String oldId;
    private final String newId;
    private String who = "";
    private String email = "";
    private OffsetDateTime date = OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);
    private String message = "";

    private Builder(String oldId, String newId) {
      this.oldId = Objects.requireNonNull(oldId, "oldId");
      this.newId = Objects.requireNonNull(newId, "newId");
    }

    public Builder message(String value) {
      message = Objects.requireNonNull(value, "message");
      return this;
    }

    /** Sets the person who moved the ref, and when, with the person's offset. */
    public Builder who(String name, String address, OffsetDateTime when) {
      who = Objects.requireNonNull(name, "name");
      email = Objects.requireNonNull(address, "address");
      date = Objects.requireNonNull(when, "when");
      return this;
    }

    public ReflogEntry build() {
      return new ReflogEntry(this);
    }
  }
}
