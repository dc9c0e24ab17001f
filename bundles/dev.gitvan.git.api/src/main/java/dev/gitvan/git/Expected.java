package dev.gitvan.git;

import java.util.Objects;

/** What a ref must be for a batch to be applied. */
public sealed interface Expected {
  /** Whatever it is: a ref or none. */
  record Any() implements Expected {
    @Override
    public String toString() {
      return "anything";
    }
  }

  /** There is no such ref. */
  record Absent() implements Expected {
    @Override
    public String toString() {
      return "no ref";
    }
  }

  /**
   * It names this object.
   *
   * @param objectId full id
   */
  record Id(String objectId) implements Expected {
    public Id {
      Objects.requireNonNull(objectId, "objectId");
    }

    @Override
    public String toString() {
      return objectId;
    }
  }

  Expected ANY = new Any();
  Expected ABSENT = new Absent();

  /** The ref names this object. */
  static Expected id(String objectId) {
    return new Id(objectId);
  }
}
