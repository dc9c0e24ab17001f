package dev.gitvan.document;

/**
 * Where a value stands.
 *
 * @param source path or name of the document, as the user would name it
 * @param line from 1; 0 when unknown
 * @param column from 1, in characters; 0 when unknown
 */
public record Place(String source, int line, int column) {
  /** A place that names a document only. */
  public static Place of(String source) {
    return new Place(source, 0, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
