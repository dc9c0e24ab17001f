package dev.gitvan.template.internal.frontmatter;

import dev.gitvan.document.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A template's front matter: where its output goes, and what it sees when nobody says otherwise.
 *
 * @param to the files that it is written to, as written: each is a template
 * @param when an expression; empty: always
 * @param force what becomes of a file that is there
 * @param injections the files that it is put into
 * @param data what the template sees unless the caller gives it
 */
public record FrontMatter(
    List<Text> to,
    Optional<Text> when,
    Force force,
    List<Injection> injections,
    Map<String, Object> data) {
  /** That of a template without any. */
  public static final FrontMatter NONE =
      new FrontMatter(List.of(), Optional.empty(), Force.ERROR, List.of(), Map.of());

  /** A string and its location. */
  public record Text(Place place, String text) {}

  /** What becomes of a file that exists and has another content. */
  public enum Force {
    ERROR,
    OVERWRITE,
    APPEND,
    SKIP,
    /** It is a changelog, in which what people wrote stays. */
    MERGE
  }

  /**
   * Output that is put into a file as whole lines.
   *
   * @param markers what the lines contain that it is put beside; two when it is put between them
   */
  public record Injection(Text into, Position position, List<Text> markers) {}

  /** Where an injection goes. */
  public enum Position {
    BEFORE,
    AFTER,
    BETWEEN
  }

  /** Whether it says what becomes of the output. */
  public boolean hasPlan() {
    return !to.isEmpty() || !injections.isEmpty();
  }

  /** What the template sees when it is given this. */
  public Map<String, ?> under(Map<String, ?> given) {
    if (data.isEmpty() || given.keySet().containsAll(data.keySet())) {
      return given;
    }
    var all = new LinkedHashMap<String, Object>(data);
    all.putAll(given);
    return all;
  }
}
