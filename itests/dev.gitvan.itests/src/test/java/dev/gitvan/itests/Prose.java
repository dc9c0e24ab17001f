package dev.gitvan.itests;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds phrases that the project does not use, in text files and in what people read of Java. */
final class Prose {
  /** Separates two words of a phrase; it may wrap, also in a comment or a split string. */
  private static final String GAP = "(?:\\s*\"\\s*\\+\\s*\"\\s*|\\s+(?:(?:\\*|//|#)\\s+)?)";

  private static final Pattern COMMENT_OR_STRING =
      Pattern.compile(
          "//[^\\n]*+|/\\*(?s:.*?)\\*/|\"\"\"(?s:.*?)\"\"\"|\"(?:[^\"\\\\\\n]++|\\\\.)*+\""
              + "|'(?:[^'\\\\\\n]|\\\\.)++'");

  private static final Pattern CODE = Pattern.compile("[^\\s+]");

  /** An allow-list entry. It covers every occurrence of the phrase in the file. */
  record Allowed(String path, String phrase) {}

  private final Map<String, String> replacements;
  private final Set<Allowed> allowed;
  private final Pattern phrases;

  /**
   * @param replacements lower-case phrases, and what to write instead
   */
  Prose(Map<String, String> replacements, Set<Allowed> allowed) {
    this.replacements = replacements;
    this.allowed = allowed;
    phrases =
        Pattern.compile(
            replacements.keySet().stream()
                .map(phrase -> phrase.replace(" ", GAP))
                .collect(Collectors.joining("|", "\\b(?:", ")\\b")),
            Pattern.CASE_INSENSITIVE);
  }

  /** Checks files; one line for each phrase found, and for each unused allow-list entry. */
  List<String> check(Path root, List<Path> files) throws IOException {
    var problems = new ArrayList<String>();
    var used = new HashSet<Allowed>();
    for (var file : files) {
      var path = root.relativize(file).toString().replace('\\', '/');
      var text = read(file);
      var found = phrases.matcher(path.endsWith(".java") ? withoutCode(text) : text);
      while (found.find()) {
        var phrase = found.group().replaceAll(GAP, " ").toLowerCase(Locale.ROOT);
        var entry = new Allowed(path, phrase);
        if (allowed.contains(entry)) {
          used.add(entry);
        } else {
          var line = 1 + text.substring(0, found.start()).chars().filter(c -> c == '\n').count();
          problems.add(
              "%s:%d: \"%s\". Write: \"%s\"."
                  .formatted(path, line, phrase, replacements.get(phrase)));
        }
      }
    }
    for (var entry : allowed) {
      if (!used.contains(entry)) {
        problems.add(
            "%s: \"%s\" is allowed but not used. Remove it from prose-allowed.txt."
                .formatted(entry.path(), entry.phrase()));
      }
    }
    return problems;
  }

  /** The text of a file; empty when it is not text. */
  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException binary) {
      return "";
    }
  }

  /** Java source in which everything but comments and string literals is blanked out. */
  private static String withoutCode(String source) {
    var text = new StringBuilder(source.length());
    var tokens = COMMENT_OR_STRING.matcher(source);
    int end = 0;
    while (tokens.find()) {
      text.append(CODE.matcher(source.substring(end, tokens.start())).replaceAll(";"));
      text.append(tokens.group());
      end = tokens.end();
    }
    return text.append(CODE.matcher(source.substring(end)).replaceAll(";")).toString();
  }
}
