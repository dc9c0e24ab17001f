package dev.gitvan.git;

import java.util.Objects;

/** The expected value of a ref in a batch. */
public sealed interface Expected {
  /** Any value, or no ref. */
  record Any() implements Expected {
    @Override
    public String toString() {
      return "anything";
    }
  }

  /** The ref must not exist. */
  record Absent() implements Expected {
    @Override
    public String toString() {
      return "no ref";
    }
  }

  /**
   * The ref must point to this object.
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

  /** The ref must point to this object. */
  static Expected id(String objectId) {
    return new Id(objectId);
  }
}
