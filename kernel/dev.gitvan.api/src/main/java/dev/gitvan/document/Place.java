package dev.gitvan.document;

/**
 * The location of a value in a document.
 *
 * @param source path or name of the document, as shown to the user
 * @param line from 1; 0 when unknown
 * @param column from 1, in characters; 0 when unknown
 */
public record Place(String source, int line, int column) {
  /** A location without line and column. */
  public static Place of(String source) {
    return new Place(source, 0, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
