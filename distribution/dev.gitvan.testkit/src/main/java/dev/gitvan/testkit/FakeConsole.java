package dev.gitvan.testkit;

import dev.gitvan.command.Console;
import dev.gitvan.diagnostics.Problem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A console without a terminal, which records what a verb prints. */
public final class FakeConsole implements Console {
  /** Whether results are printed as JSON; {@code --json} sets it. */
  public boolean json;

  public Verbosity verbosity = Verbosity.NORMAL;
  public boolean terminal;

  /** Whether styles are visible, as {@code <GOOD>text</GOOD>}. */
  public boolean colour;

  /** The JSON documents, each with its {@code schema} first. They are not part of {@link #out}. */
  public final List<Map<String, Object>> documents =
      Collections.synchronizedList(new ArrayList<>());

  /** The printed problems; each is also a line of standard error. */
  public final List<Problem> problems = Collections.synchronizedList(new ArrayList<>());

  private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);

  /** Returns what was printed to standard output. */
  public String printed() {
    out.flush();
    return outBytes.toString(StandardCharsets.UTF_8);
  }

  /** Returns what was printed to standard error. */
  public String printedErrors() {
    err.flush();
    return errBytes.toString(StandardCharsets.UTF_8);
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
    return out;
  }

  @Override
  public boolean json() {
    return json;
  }

  @Override
  public Verbosity verbosity() {
    return verbosity;
  }

  @Override
  public boolean isTerminal() {
    return terminal;
  }

  @Override
  public String styled(Style style, String text) {
    return colour ? "<" + style + ">" + text + "</" + style + ">" : text;
  }

  /**
   * Records a document.
   *
   * @throws IllegalArgumentException if a value cannot be written as JSON
   */
  @Override
  public void json(String schema, Map<String, Object> fields) {
    checkPlain("", fields);
    var document = new LinkedHashMap<String, Object>();
    document.put("schema", schema);
    document.putAll(fields);
    documents.add(document);
  }

  private static void checkPlain(String path, Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> checkPlain(path + "." + key, each));
    } else if (value instanceof Collection<?> list) {
      list.forEach(each -> checkPlain(path + "[]", each));
    } else if (!(value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Enum<?>
        || value instanceof Instant
        || value instanceof Path)) {
      throw new IllegalArgumentException(path + " cannot be written as JSON: " + value.getClass());
    }
  }

  @Override
  public void table(List<String> header, List<List<String>> rows) {
    if (rows.isEmpty() && !terminal) {
      return;
    }
    var lines = new ArrayList<>(List.of(header));
    lines.addAll(rows);
    for (var line : lines) {
      var text = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        int column = i;
        int width = lines.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        text.append(line.get(i)).append(" ".repeat(width - line.get(i).length() + 2));
      }
      out.println(text.toString().stripTrailing());
    }
  }

  @Override
  public void problem(Problem problem, Throwable cause) {
    problems.add(problem);
    err.println(problem);
  }

  @Override
  public void progress(String line) {
    if (verbosity != Verbosity.QUIET) {
      err.println(line);
    }
  }
}
