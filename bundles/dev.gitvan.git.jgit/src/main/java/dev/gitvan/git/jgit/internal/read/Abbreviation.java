package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.jgit.internal.settings.GitFailure;
import java.io.IOException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** Short names of objects, as {@code %h} shows them (git:object-name.c). */
final class Abbreviation {
  private static final int MIN = 4;
  private static final int MIN_AUTO = 7;

  private final Repository repository;
  private final Config config;

  /**
   * @param view of the repository in which they are unique
   */
  Abbreviation(View view) {
    this.repository = view.repository();
    this.config = view.settings().all();
  }

  /** The shortest prefix of an id, at least as long as configured, that no other object has. */
  String of(ObjectId id) {
    try (var reader = repository.newObjectReader()) {
      return reader.abbreviate(id, length()).name();
    } catch (IOException e) {
      throw GitFailure.of(e, id.name());
    }
  }

  private int length() {
    var value = config.getString("core", null, "abbrev");
    if (value == null || value.equalsIgnoreCase("auto")) {
      return automatic();
    }
    if (value.matches("(?i)no|off|false")) {
      return Constants.OBJECT_ID_STRING_LENGTH;
    }
    int length = config.getInt("core", "abbrev", MIN_AUTO);
    return Math.min(Math.max(length, MIN), Constants.OBJECT_ID_STRING_LENGTH);
  }

  /**
   * Half of the bits that number the packed objects, in digits of four bits: with so many digits a
   * collision becomes likely at the square of their number.
   */
  private int automatic() {
    long objects = repository.getObjectDatabase().getApproximateObjectCount();
    int bits = Long.SIZE - Long.numberOfLeadingZeros(objects);
    return Math.max((bits + 1) / 2, MIN_AUTO);
  }
}
