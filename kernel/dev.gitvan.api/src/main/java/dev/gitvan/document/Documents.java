package dev.gitvan.document;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads YAML 1.2 and JSON with the place of every value, and writes JSON. Nothing in a document can
 * build an object. Safe for any thread.
 */
@ProviderType
public interface Documents {
  /** The syntax of a document. */
  enum Syntax {
    YAML,
    JSON;

    /** By file name: {@code .json} is JSON, everything else YAML. */
    public static Syntax of(String fileName) {
      return fileName.endsWith(".json") ? JSON : YAML;
    }
  }

  /**
   * Reads a file that the user configures GitVan with.
   *
   * @param file a regular file, not a symbolic link
   * @param name how errors name it, usually its path below the worktree
   * @param maxBytes size limit, in bytes
   * @return the root; an empty document is an empty mapping
   * @throws dev.gitvan.diagnostics.GitVanException {@code CONFIG_PARSE}, {@code
   *     CONFIG_DUPLICATE_KEY}, {@code CONFIG_TAG_FORBIDDEN}, {@code CONFIG_TOO_COMPLEX}, {@code
   *     CONFIG_ENCODING}, {@code CONFIG_TOO_LARGE}, {@code CONFIG_NOT_REGULAR}, {@code
   *     ACCESS_DENIED} or {@code IO_ERROR}
   */
  Node read(Path file, String name, long maxBytes);

  /**
   * Reads a document from memory; the same errors as {@link #read} where they apply.
   *
   * @param bytes UTF-8
   */
  Node parse(byte[] bytes, String name, Syntax syntax);

  /** Size limit of data: inputs, and the files that templates get their data from; in bytes. */
  long MAX_DATA_BYTES = 16L << 20;

  /**
   * The {@link Node#value value} of a data file: up to {@link #MAX_DATA_BYTES}, and nested deeper.
   * Faster than {@link #read}, because nothing but an error needs to know places.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code PAYLOAD_TOO_LARGE} and {@code
   *     PAYLOAD_TOO_DEEP} where {@link #read} has {@code CONFIG_TOO_LARGE} and {@code
   *     CONFIG_TOO_COMPLEX}
   */
  Object readData(Path file, String name);

  /** As {@link #parse}, with the limits and codes of {@link #readData}. */
  Node parseData(byte[] bytes, String name, Syntax syntax);

  /**
   * Reads one YAML scalar as {@code -i limit=10} means it: {@code 10} is a number, {@code "10"} a
   * string, {@code true} a boolean, {@code [a, b]} a list. Text that is no YAML is that text, and
   * so are no text at all, {@code #fff} and {@code a: b}.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code PAYLOAD_TOO_LARGE} or {@code
   *     PAYLOAD_TOO_DEEP}
   */
  Object scalar(String text);

  /**
   * Writes a value of {@link Node#value()}'s types, {@code Instant}, {@code Path}, enums and
   * records' maps included, as compact JSON on one line. Deterministic: maps in iteration order.
   */
  String toJson(Object value);

  /** As {@link #toJson}, indented by two spaces, without a newline at the end. */
  String toPrettyJson(Object value);
}
