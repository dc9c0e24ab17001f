package dev.gitvan.config.internal.document;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.document.Documents;

/**
 * How much a document may ask of us, and how going further is called.
 *
 * @param maxBytes of the file
 * @param maxDepth of nested mappings and sequences
 * @param maxAliased nodes that aliases may stand for, in all
 */
record Limits(
    long maxBytes,
    int maxDepth,
    int maxAliased,
    ErrorCode tooLarge,
    ErrorCode tooDeep,
    ErrorCode tooManyAliases) {
  private static final int ALIASED = 10_000;

  /** Of configuration and job files. */
  static Limits configuration(long maxBytes) {
    return new Limits(
        maxBytes,
        64,
        ALIASED,
        Codes.CONFIG_TOO_LARGE,
        Codes.CONFIG_TOO_COMPLEX,
        Codes.CONFIG_TOO_COMPLEX);
  }

  /** Of inputs and of data files. */
  static Limits data() {
    return new Limits(
        Documents.MAX_DATA_BYTES,
        256,
        ALIASED,
        Codes.PAYLOAD_TOO_LARGE,
        Codes.PAYLOAD_TOO_DEEP,
        Codes.CONFIG_TOO_COMPLEX);
  }
}
