package dev.gitvan.git;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/** A commit. Immutable. */
public final class Commit {
  private final String id;
  private final List<String> parents;
  private final String author;
  private final String email;
  private final OffsetDateTime date;
  private final String subject;
  private final String body;

  private Commit(Builder builder) {
    this.id = builder.id;
    this.parents = builder.parents;
    this.author = builder.author;
    this.email = builder.email;
    this.date = builder.date;
    this.subject = builder.subject;
    this.body = builder.body;
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder(String id) {
    return new Builder(id);
  }

  /** Object id. */
  public String id() {
    return id;
  }

  /** Object ids of its parents. */
  public List<String> parents() {
    return parents;
  }

  /** The author's name. */
  public String author() {
    return author;
  }

  /** The author's email address. */
  public String email() {
    return email;
  }

  /**
   * Author date, with the author's offset. One that {@code OffsetDateTime} cannot express is moved
   * to the nearest that it can; one that Git cannot read is the epoch.
   */
  public OffsetDateTime date() {
    return date;
  }

  /** The message's first paragraph, on one line, as {@code %s} in {@code git log}. */
  public String subject() {
    return subject;
  }

  /**
   * The rest of the message, as {@code %b} in {@code git log}, without the line ends at its end.
   */
  public String body() {
    return body;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Commit commit && values().equals(commit.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return id + " " + subject;
  }

  private List<Object> values() {
    return List.of(id, parents, author, email, date, subject, body);
  }

  /**
   * Builds descriptions of commits. By default, a commit has no parents, its strings are empty, and
   * its date is the epoch. Not thread-safe.
   */
  public static final class Builder {
    private final String id;
    private List<String> parents = List.of();
    private String author = "";
    private String email = "";
    private OffsetDateTime date = OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);
    private String subject = "";
    private String body = "";

    private Builder(String id) {
      this.id = Objects.requireNonNull(id, "id");
    }

    public Builder parents(List<String> value) {
      parents = List.copyOf(value);
      return this;
    }

    public Builder subject(String value) {
      subject = Objects.requireNonNull(value, "subject");
      return this;
    }

    public Builder body(String value) {
      body = Objects.requireNonNull(value, "body");
      return this;
    }

    /** Sets the author, and the date with the author's offset. */
    public Builder author(String name, String address, OffsetDateTime when) {
      author = Objects.requireNonNull(name, "name");
      email = Objects.requireNonNull(address, "address");
      date = Objects.requireNonNull(when, "when");
      return this;
    }

    public Commit build() {
      return new Commit(this);
    }
  }
}
