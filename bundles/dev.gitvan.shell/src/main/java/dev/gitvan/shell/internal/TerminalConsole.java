package dev.gitvan.shell.internal;

import dev.gitvan.command.Console;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.diagnostics.TokenFormats;
import dev.gitvan.document.Documents;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Prints to a caller's streams, in colour where the caller can see it. What a verb prints is
 * escaped ({@link EscapingOutput}); only the output of a user's own commands is passed through.
 */
public final class TerminalConsole implements Console {
  private final Caller caller;
  private final GlobalOptions options;
  private final Supplier<Documents> documents;
  private final PrintStream out;
  private final PrintStream err;
  private final Set<Problem> told = ConcurrentHashMap.newKeySet();

  /**
   * @param documents writes JSON; supplies null while nothing installed can
   */
  TerminalConsole(Caller caller, GlobalOptions options, Supplier<Documents> documents) {
    this.caller = caller;
    this.options = options;
    this.documents = documents;
    this.out = escaping(caller.out());
    this.err = escaping(caller.err());
  }

  private static PrintStream escaping(PrintStream stream) {
    return new PrintStream(new EscapingOutput(stream), false, StandardCharsets.UTF_8);
  }

  @Override
  public PrintStream out() {
    return out;
  }

  @Override
  public PrintStream err() {
    return err;
  }

  @Override
  public PrintStream data() {
    return isTerminal() ? out : caller.out();
  }

  /**
   * The stream of a letter, {@code o} or {@code e}, as the caller gave it: for what a user's own
   * command prints, and for sequences of ours that are not styles.
   */
  public PrintStream unescaped(char stream) {
    return stream == 'o' ? caller.out() : caller.err();
  }

  @Override
  public boolean json() {
    return options.json();
  }

  @Override
  public Verbosity verbosity() {
    return options.verbosity();
  }

  @Override
  public boolean isTerminal() {
    return caller.terminals().contains("o");
  }

  /** Whether lines on standard error may be drawn over: a terminal, and somebody watching it. */
  public boolean isLive() {
    return caller.terminals().contains("e")
        && verbosity() != Verbosity.QUIET
        && !isDumb()
        && !isSet("CI");
  }

  /** Whether the caller's locale has more than ASCII. */
  public boolean isUnicode() {
    for (var name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      var value = caller.environment().getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value.toUpperCase(java.util.Locale.ROOT).replace("-", "").contains("UTF8");
      }
    }
    return false;
  }

  @Override
  public String styled(Style style, String text) {
    return styled(style, text, 'o');
  }

  /** As {@link #styled(Style, String)}, for the stream of a letter: {@code o} or {@code e}. */
  public String styled(Style style, String text, char stream) {
    return hasColour(stream) ? TerminalText.styled(style, text) : text;
  }

  /** See no-color.org and bixense.com/clicolors. */
  public boolean hasColour(char stream) {
    if (options.colorless() || options.json() || isSet("NO_COLOR")) {
      return false;
    }
    var force = caller.environment().getOrDefault("CLICOLOR_FORCE", "");
    if (!force.isEmpty() && !force.equals("0")) {
      return true;
    }
    return caller.terminals().indexOf(stream) >= 0 && !isDumb() && !isSet("CI");
  }

  private boolean isDumb() {
    return caller.environment().getOrDefault("TERM", "").equals("dumb");
  }

  private boolean isSet(String name) {
    return !caller.environment().getOrDefault(name, "").isEmpty();
  }

  @Override
  public void json(String schema, Map<String, Object> fields) {
    var writer = documents.get();
    if (writer == null) {
      throw GitVanException.of(
          Codes.INTERNAL, "--json", "no installed bundle writes JSON", "Run gitvan diag.");
    }
    var document = document(schema, fields);
    out().println(isTerminal() ? writer.toPrettyJson(document) : writer.toJson(document));
  }

  private static Map<String, Object> document(String schema, Map<String, Object> fields) {
    var document = new LinkedHashMap<String, Object>();
    document.put("schema", schema);
    document.putAll(fields);
    return document;
  }

  @Override
  public void table(List<String> header, List<List<String>> rows) {
    if (!rows.isEmpty() || isTerminal()) {
      out().print(Table.render(header, rows, line -> styled(Style.HEADING, line)));
      out().flush();
    }
  }

  /** Whether a problem has been printed. */
  boolean hasTold(Problem problem) {
    return told.contains(problem);
  }

  @Override
  public void problem(Problem reported, Throwable cause) {
    told.add(reported);
    var problem = reported.withTexts(TokenFormats::mask);
    out().flush();
    var writer = json() ? documents.get() : null;
    if (writer != null) {
      err().println(writer.toJson(document("gitvan.error.v1", problem.toMap())));
    } else {
      var line = problem.toString();
      int code = problem.code().name().length();
      err().println(styled(Style.BAD, line.substring(0, code), 'e') + line.substring(code));
    }
    if (cause != null && verbosity() == Verbosity.VERBOSE) {
      var trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace));
      err().print(TokenFormats.mask(trace.toString()));
    }
    err().flush();
  }

  @Override
  public void progress(String line) {
    if (verbosity() != Verbosity.QUIET) {
      err().println(line);
    }
  }
}
