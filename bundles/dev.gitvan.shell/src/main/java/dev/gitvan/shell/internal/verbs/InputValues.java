package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Invocation;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.document.Documents.Syntax;
import dev.gitvan.document.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Values that come with a command: a document from a file or standard input, and single pairs. */
final class InputValues {
  /** Limit of a document, in bytes. */
  static final int MAX_BYTES = 10 << 20;

  /** Limit of nesting. */
  static final int MAX_DEPTH = 100;

  private final Documents documents;

  InputValues(Documents documents) {
    this.documents = documents;
  }

  /**
   * The mapping in a document.
   *
   * @param file {@code -} is standard input; null: an empty mapping
   */
  Map<String, Object> read(Invocation invocation, String file) {
    if (file == null) {
      return Map.of();
    }
    var name = file.equals("-") ? "standard input" : file;
    var bytes =
        file.equals("-")
            ? all(invocation.in(), name)
            : open(invocation.workingDirectory().resolve(file), name);
    checkDepth(bytes, name);
    var syntax = file.equals("-") && looksLikeJson(bytes) ? Syntax.JSON : Syntax.of(file);
    if (documents.parse(bytes, name, syntax) instanceof Node.Mapping mapping) {
      return mapping.value();
    }
    throw GitVanException.of(
        Codes.CONFIG_TYPE, name, "the document must be a mapping", "Write key: value pairs.");
  }

  /** Pairs such as {@code limit=10}; values are YAML scalars. */
  Map<String, Object> pairs(String option, List<String> pairs) {
    return pairs(option, pairs, name -> false);
  }

  /**
   * Pairs such as {@code limit=10}; values are YAML scalars, except those of strings.
   *
   * @param isString by name, whether a value is a string as it is written
   */
  Map<String, Object> pairs(String option, List<String> pairs, Predicate<String> isString) {
    var values = new LinkedHashMap<String, Object>();
    if (pairs != null) {
      for (var pair : pairs) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw GitVanException.of(
              Codes.USAGE, option + " " + pair, "not a key=value pair", "Write key=value.");
        }
        var name = pair.substring(0, equals);
        var text = pair.substring(equals + 1);
        values.put(name, isString.test(name) ? text : documents.scalar(text));
      }
    }
    return values;
  }

  /** The time that templates see: {@code GITVAN_NOW}, or the clock to the second. */
  static Instant now(Map<String, String> environment) {
    var fixed = environment.get("GITVAN_NOW");
    if (fixed == null || fixed.isEmpty()) {
      return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
    try {
      return Instant.parse(fixed);
    } catch (DateTimeParseException e) {
      throw GitVanException.of(
          Codes.USAGE,
          "GITVAN_NOW=" + fixed,
          "not an ISO-8601 time in UTC",
          "Write for example 2026-01-31T12:00:00Z.");
    }
  }

  private static byte[] open(Path file, String name) {
    try {
      if (Files.isDirectory(file)) {
        throw GitVanException.of(Codes.CONFIG_NOT_REGULAR, name, "is a directory", "Pass a file.");
      }
      try (var in = Files.newInputStream(file)) {
        return all(in, name);
      }
    } catch (java.nio.file.NoSuchFileException e) {
      throw GitVanException.of(Codes.USAGE, name, "there is no such file", "Check its path.");
    } catch (IOException e) {
      throw FileProblem.of(e, file).toException(e);
    }
  }

  private static byte[] all(InputStream in, String name) {
    try {
      var bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw GitVanException.of(
            Codes.PAYLOAD_TOO_LARGE,
            name,
            "the document is larger than 10 MiB",
            "Pass less, or put the data into a file that the job reads.");
      }
      return bytes;
    } catch (IOException e) {
      throw FileProblem.of(e, Path.of(name)).toException(e);
    }
  }

  /** Counts brackets outside strings, before any parser recurses into them. */
  private static void checkDepth(byte[] bytes, String name) {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (quoted) {
        if (b == '\\') {
          i++;
        } else if (b == '"') {
          quoted = false;
        }
      } else if (b == '"') {
        quoted = true;
      } else if (b == '[' || b == '{') {
        depth++;
      } else if (b == ']' || b == '}') {
        depth--;
      }
      if (depth > MAX_DEPTH) {
        throw GitVanException.of(
            Codes.PAYLOAD_TOO_DEEP,
            name,
            "the document is nested more than " + MAX_DEPTH + " deep",
            "Reduce the nesting.");
      }
    }
  }

  private static boolean looksLikeJson(byte[] bytes) {
    for (byte b : bytes) {
      if (b > ' ') {
        return b == '{';
      }
    }
    return false;
  }
}
