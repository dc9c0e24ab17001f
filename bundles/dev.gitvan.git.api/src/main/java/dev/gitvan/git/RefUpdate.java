package dev.gitvan.git;

import java.util.Objects;

/**
 * What a batch does with one ref. Names are full: {@code refs/heads/main}. A symbolic ref stands
 * for the ref that it leads to, as for {@code git update-ref}.
 */
public sealed interface RefUpdate {
  /** The ref's full name. */
  String name();

  /** What it must be now. */
  Expected expected();

  /**
   * The ref shall name an object.
   *
   * @param objectId full id of an object that exists; a branch's is a commit's
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

  /** The ref shall be gone, with its reflog. Where there is none, nothing happens. */
  record Delete(String name, Expected expected) implements RefUpdate {
    public Delete {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(expected, "expected");
    }
  }

  /** The ref stays, but the others move only if it is what is expected. */
  record Verify(String name, Expected expected) implements RefUpdate {
    public Verify {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(expected, "expected");
    }
  }

  /** A ref that must not exist yet. */
  static RefUpdate create(String name, String objectId, String message) {
    return new Put(name, Expected.ABSENT, objectId, message);
  }

  /** A ref that must name another object now. */
  static RefUpdate move(String name, String from, String to, String message) {
    return new Put(name, Expected.id(from), to, message);
  }

  /** A ref, whatever it is now. */
  static RefUpdate put(String name, String objectId, String message) {
    return new Put(name, Expected.ANY, objectId, message);
  }

  /** A ref that must name an object now. */
  static RefUpdate delete(String name, String from) {
    return new Delete(name, Expected.id(from));
  }

  /** A ref, whatever it is now. */
  static RefUpdate delete(String name) {
    return new Delete(name, Expected.ANY);
  }

  /** A ref that must name an object, and stays. */
  static RefUpdate verify(String name, String objectId) {
    return new Verify(name, Expected.id(objectId));
  }

  /** A ref that must not exist, and does not come to exist. */
  static RefUpdate verifyAbsent(String name) {
    return new Verify(name, Expected.ABSENT);
  }
}
