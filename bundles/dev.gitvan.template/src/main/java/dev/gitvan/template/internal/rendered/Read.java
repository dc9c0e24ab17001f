package dev.gitvan.template.internal.rendered;

/**
 * One thing that a rendering looked at.
 *
 * @param name of the template, contributed filter or function, or variable, or of the value inside
 *     the lazy variable {@code VARIABLE.VALUE}
 */
public record Read(Kind kind, String name) {
  /** What can be looked at, each with the letter that it is stored under. */
  public enum Kind {
    TEMPLATE('T'),
    VARIABLE('V'),
    LAZY('L'),
    FILTER('F'),
    FUNCTION('C');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    /** Whether it is a value of the data, and not something with an identity. */
    boolean isData() {
      return this == VARIABLE || this == LAZY;
    }

    char letter() {
      return letter;
    }

    static Kind of(char letter) {
      for (var kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind " + letter);
    }
  }
}
