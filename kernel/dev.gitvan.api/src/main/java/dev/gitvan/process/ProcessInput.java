package dev.gitvan.process;

/** Standard input of a command. */
public sealed interface ProcessInput {
  /** Input that ends at once. */
  static ProcessInput empty() {
    return new Empty();
  }

  /** Input with a content. A command that does not read all of it is not an error. */
  static ProcessInput of(byte[] content) {
    return new Content(content.clone());
  }

  /** The standard input of the caller of GitVan. */
  static ProcessInput inherited() {
    return new Inherited();
  }

  /** See {@link ProcessInput#empty}. */
  record Empty() implements ProcessInput {}

  /**
   * See {@link ProcessInput#of}.
   *
   * @param bytes not to be modified
   */
  record Content(byte[] bytes) implements ProcessInput {}

  /** See {@link ProcessInput#inherited}. */
  record Inherited() implements ProcessInput {}
}
