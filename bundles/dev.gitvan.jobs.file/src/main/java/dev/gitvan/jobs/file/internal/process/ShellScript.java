package dev.gitvan.jobs.file.internal.process;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command written for the shell, with placeholders for files. Names of files never become part of
 * the command: a placeholder becomes quoted positional parameters, and the names are arguments.
 */
public final class ShellScript {
  /** The placeholders. */
  public static final List<String> PLACEHOLDERS = List.of("staged_files", "all_files", "files");

  /** A placeholder, with quotes around it that somebody may have put there. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "\"\\{(NAME)\\}\"|'\\{(NAME)\\}'|\\{(NAME)\\}"
              .replace("NAME", String.join("|", PLACEHOLDERS)));

  private final String text;

  public ShellScript(String text) {
    this.text = text;
  }

  /** The placeholders that are in it, in their order. */
  public Set<String> placeholders() {
    var names = new LinkedHashSet<String>();
    var match = PLACEHOLDER.matcher(text);
    while (match.find()) {
      names.add(name(match));
    }
    return names;
  }

  /**
   * Whether a placeholder stands inside quotes together with other text. The shell, or another one
   * that gets the quoted text, would then read names of files as commands.
   */
  public boolean hasQuotedPlaceholder() {
    var match = PLACEHOLDER.matcher(text);
    int at = 0;
    char quote = 0;
    while (match.find()) {
      for (; at < match.start(); at++) {
        char c = text.charAt(at);
        if (c == '\\' && quote != '\'') {
          at++;
        } else if (quote == 0 && (c == '\'' || c == '"')) {
          quote = c;
        } else if (c == quote) {
          quote = 0;
        }
      }
      if (quote != 0) {
        return true;
      }
      at = match.end();
    }
    return false;
  }

  /**
   * The command that gives {@code sh} this script and the files.
   *
   * @param files by placeholder
   */
  public List<String> command(String shell, Map<String, List<String>> files) {
    var arguments = new ArrayList<String>();
    var parameters = new java.util.HashMap<String, String>();
    boolean only = files.size() == 1;
    files.forEach(
        (name, paths) -> {
          var list = new StringBuilder();
          for (int i = 0; i < paths.size(); i++) {
            list.append(list.isEmpty() ? "" : " ");
            list.append("\"${").append(arguments.size() + i + 1).append("}\"");
          }
          parameters.put(name, only ? "\"$@\"" : list.toString());
          paths.forEach(path -> arguments.add(path(path)));
        });
    var script =
        PLACEHOLDER
            .matcher(text)
            .replaceAll(match -> Matcher.quoteReplacement(parameters.get(name(match))));
    var command = new ArrayList<>(List.of(shell, "-c", script, "gitvan"));
    command.addAll(arguments);
    return command;
  }

  /** The form in which no program takes a path for an option. */
  public static String path(String path) {
    return path.startsWith("-") ? "./" + path : path;
  }

  private static String name(java.util.regex.MatchResult match) {
    for (int group = 1; group <= 3; group++) {
      if (match.group(group) != null) {
        return match.group(group);
      }
    }
    throw new IllegalStateException("no placeholder");
  }
}
