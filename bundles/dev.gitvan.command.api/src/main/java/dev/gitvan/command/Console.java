package dev.gitvan.command;

import dev.gitvan.diagnostics.Problem;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The output of a verb: results on standard output, progress and problems on standard error.
 *
 * <p>Text may come from anybody's repository. Control characters other than newline and tab, and
 * characters that reorder text, are printed as {@code \}{@code uXXXX}; so a verb prints names and
 * messages as they are.
 */
@ProviderType
public interface Console {
  /** The amount of output. */
  enum Verbosity {
    QUIET,
    NORMAL,
    VERBOSE
  }

  /** Standard output. */
  PrintStream out();

  /** Standard error. */
  PrintStream err();

  /** Standard output for a document of its own format: unchanged unless it is a terminal. */
  PrintStream data();

  /** Whether results are printed as JSON. */
  boolean json();

  Verbosity verbosity();

  /** Whether standard output is a terminal. */
  boolean isTerminal();

  /** Returns text in a style if standard output has colour, else unchanged. */
  String styled(Style style, String text);

  /**
   * Prints a result as one JSON document of a schema.
   *
   * @param schema such as {@code gitvan.jobs.v1}
   * @param fields the fields after {@code "schema"}
   */
  void json(String schema, Map<String, Object> fields);

  /** Prints a table with aligned columns; with a header line on a terminal or if there are rows. */
  void table(List<String> header, List<List<String>> rows);

  /** Prints a problem to standard error: one line, or with {@code --json} an object. */
  void problem(Problem problem, Throwable cause);

  /** Prints a line of progress to standard error, unless quiet. */
  void progress(String line);

  /** The styles of text. */
  enum Style {
    HEADING,
    GOOD,
    BAD,
    WARNING,
    FAINT
  }
}
