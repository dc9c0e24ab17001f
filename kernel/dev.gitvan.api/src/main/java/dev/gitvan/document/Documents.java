package dev.gitvan.document;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads YAML 1.2 and JSON with the location of every value, and writes JSON. Documents cannot
 * create objects of other types. Safe for any thread.
 */
@ProviderType
public interface Documents {
  /** The syntax of a document. */
  enum Syntax {
    YAML,
    JSON;

    /** Returns the syntax of a file name: JSON for {@code .json}, otherwise YAML. */
    public static Syntax of(String fileName) {
      return fileName.endsWith(".json") ? JSON : YAML;
    }
  }

  /**
   * Reads a configuration file.
   *
   * @param file a regular file, not a symbolic link
   * @param name name in error messages, usually the path relative to the worktree
   * @param maxBytes size limit, in bytes
   * @return the root; an empty mapping for an empty document
   * @throws dev.gitvan.diagnostics.GitVanException {@code CONFIG_PARSE}, {@code
   *     CONFIG_DUPLICATE_KEY}, {@code CONFIG_TAG_FORBIDDEN}, {@code CONFIG_TOO_COMPLEX}, {@code
   *     CONFIG_ENCODING}, {@code CONFIG_TOO_LARGE}, {@code CONFIG_NOT_REGULAR}, {@code
   *     ACCESS_DENIED} or {@code IO_ERROR}
   */
  Node read(Path file, String name, long maxBytes);

  /**
   * Reads a document from memory; with the errors of {@link #read} where they apply.
   *
   * @param bytes UTF-8
   */
  Node parse(byte[] bytes, String name, Syntax syntax);

  /** Size limit of inputs and of data files of templates, in bytes. */
  long MAX_DATA_BYTES = 16L << 20;

  /**
   * Reads the {@link Node#value value} of a data file of up to {@link #MAX_DATA_BYTES}; deeper
   * nesting is allowed. Faster than {@link #read}, because locations are only computed for errors.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code PAYLOAD_TOO_LARGE} and {@code
   *     PAYLOAD_TOO_DEEP} instead of {@code CONFIG_TOO_LARGE} and {@code CONFIG_TOO_COMPLEX}
   */
  Object readData(Path file, String name);

  /** Like {@link #parse}, with the limits and codes of {@link #readData}. */
  Node parseData(byte[] bytes, String name, Syntax syntax);

  /**
   * Reads one YAML scalar, as in {@code -i limit=10}: {@code 10} is a number, {@code "10"} a
   * string, {@code true} a boolean, {@code [a, b]} a list. A string that is not valid YAML is
   * returned unchanged, and so are an empty string, {@code #fff} and {@code a: b}.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code PAYLOAD_TOO_LARGE} or {@code
   *     PAYLOAD_TOO_DEEP}
   */
  Object scalar(String text);

  /**
   * Writes a value as compact JSON on one line: the types of {@link Node#value()}, {@code Instant},
   * {@code Path}, enums, and maps and lists of them. Deterministic: maps in iteration order.
   */
  String toJson(Object value);

  /** Like {@link #toJson}, indented by two spaces, without a newline at the end. */
  String toPrettyJson(Object value);
}
