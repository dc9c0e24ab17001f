package dev.gitvan.git;

import java.util.Objects;

/**
 * An update of one ref in a batch. Names are full: {@code refs/heads/main}. A symbolic ref stands
 * for its target, as in {@code git update-ref}.
 */
public sealed interface RefUpdate {
  /** The full name of the ref. */
  String name();

  /** The expected value. */
  Expected expected();

  /**
   * Makes the ref point to an object.
   *
   * @param objectId full id of an existing object; for a branch, of a commit
   * @param message for the reflog; may be empty
   */
  record Put(String name, Expected expected, String objectId, String message) implements RefUpdate {
    public Put {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(expected, "expected");
      Objects.requireNonNull(objectId, "objectId");
      Objects.requireNonNull(message, "message");
    }
  }

  /** Deletes the ref with its reflog. Does nothing if there is none. */
  record Delete(String name, Expected expected) implements RefUpdate {
    public Delete {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(expected, "expected");
    }
  }

  /** Checks the ref without changing it; the batch fails if it does not have the expected value. */
  record Verify(String name, Expected expected) implements RefUpdate {
    public Verify {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(expected, "expected");
    }
  }

  /** Creates a ref that must not exist yet. */
  static RefUpdate create(String name, String objectId, String message) {
    return new Put(name, Expected.ABSENT, objectId, message);
  }

  /** Moves a ref from an expected object to another. */
  static RefUpdate move(String name, String from, String to, String message) {
    return new Put(name, Expected.id(from), to, message);
  }

  /** A ref with any current value. */
  static RefUpdate put(String name, String objectId, String message) {
    return new Put(name, Expected.ANY, objectId, message);
  }

  /** Deletes a ref that must point to an object. */
  static RefUpdate delete(String name, String from) {
    return new Delete(name, Expected.id(from));
  }

  /** A ref with any current value. */
  static RefUpdate delete(String name) {
    return new Delete(name, Expected.ANY);
  }

  /** Checks that a ref points to an object. */
  static RefUpdate verify(String name, String objectId) {
    return new Verify(name, Expected.id(objectId));
  }

  /** Checks that a ref does not exist. */
  static RefUpdate verifyAbsent(String name) {
    return new Verify(name, Expected.ABSENT);
  }
}
