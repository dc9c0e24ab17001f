package dev.gitvan.command;

import dev.gitvan.diagnostics.Problem;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Where a verb prints: results to standard output, progress and problems to standard error. */
@ProviderType
public interface Console {
  /** How much is told. */
  enum Verbosity {
    QUIET,
    NORMAL,
    VERBOSE
  }

  /** Standard output. */
  PrintStream out();

  /** Standard error. */
  PrintStream err();

  /** Whether results are to be JSON. */
  boolean json();

  Verbosity verbosity();

  /** Whether standard output is a terminal. */
  boolean isTerminal();

  /** A text in a style when the stream has colour, else as it is. */
  String styled(Style style, String text);

  /**
   * Prints a result as one JSON document of a schema.
   *
   * @param schema such as {@code gitvan.jobs.v1}
   * @param fields what follows {@code "schema"}
   */
  void json(String schema, Map<String, Object> fields);

  /**
   * Prints a table with aligned columns; a header line only on a terminal or when there are rows.
   */
  void table(List<String> header, List<List<String>> rows);

  /** Prints a problem to standard error: one line, or with {@code --json} an object. */
  void problem(Problem problem, Throwable cause);

  /** Prints a line of progress to standard error, unless quiet. */
  void progress(String line);

  /** Styles of text. */
  enum Style {
    HEADING,
    GOOD,
    BAD,
    WARNING,
    FAINT
  }
}
