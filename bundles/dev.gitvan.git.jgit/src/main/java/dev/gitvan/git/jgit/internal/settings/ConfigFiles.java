package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.git.jgit.internal.text.GitText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/**
 * Reads Git configuration files as one text, with what {@code include} and {@code includeIf} name
 * put where Git would read it. JGit does not know {@code includeIf}, by which many people choose
 * their identity.
 */
final class ConfigFiles {
  /** Git's own limit. */
  private static final int MAX_DEPTH = 10;

  private final Path home;
  private final Predicate<Condition> conditions;
  private final StringBuilder text = new StringBuilder();
  private final Map<Path, Stamp> stamps = new LinkedHashMap<>();

  /**
   * An {@code includeIf}'s condition.
   *
   * @param text such as {@code gitdir:~/work/}
   * @param file the file that it stands in
   */
  record Condition(String text, Path file) {}

  /** Shows whether a file has changed since it was read. */
  record Stamp(Object key, long modified, long size) {
    static final Stamp MISSING = new Stamp(null, 0, -1);

    static Stamp of(Path file) {
      try {
        var a = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
        return new Stamp(
            a.fileKey(),
            a.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS),
            a.size());
      } catch (IOException e) {
        return MISSING;
      }
    }
  }

  ConfigFiles(Path home, Predicate<Condition> conditions) {
    this.home = home;
    this.conditions = conditions;
  }

  /** Adds a file, if it exists, after those read before. */
  ConfigFiles read(Path file) {
    read(file, 0);
    return this;
  }

  /** Everything read, as one file's text. */
  String text() {
    return text.toString();
  }

  /** The files that were read or looked for. */
  Map<Path, Stamp> stamps() {
    return stamps;
  }

  private void read(Path file, int depth) {
    stamps.put(file, Stamp.of(file));
    if (depth > MAX_DEPTH) {
      return;
    }
    String content;
    try {
      content = GitText.prose(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      if (Files.notExists(file) || Files.isDirectory(file)) {
        return;
      }
      throw FileProblem.of(e, file).toException(e);
    }
    append(content, file, depth);
  }

  private void append(String content, Path file, int depth) {
    var section = "";
    for (var line : content.split("\n", -1)) {
      text.append(line).append('\n');
      var trimmed = line.strip();
      if (trimmed.startsWith("[")) {
        section = header(trimmed);
      }
      var lower = section.toLowerCase(java.util.Locale.ROOT);
      if (lower.startsWith("[include]") || lower.startsWith("[includeif")) {
        var included = included(section, trimmed, file);
        if (included != null) {
          read(included, depth + 1);
          text.append(section).append('\n');
        }
      }
    }
  }

  /** The header alone of a line that may have a key behind it. */
  private static String header(String line) {
    boolean quoted = false;
    for (int i = 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ']' && !quoted) {
        return line.substring(0, i + 1);
      }
    }
    return line;
  }

  private Path included(String section, String line, Path file) {
    var entry = line.startsWith("[") ? line.substring(section.length()) : line;
    if (!entry.strip().toLowerCase(java.util.Locale.ROOT).startsWith("path")) {
      return null;
    }
    var parsed = new Config();
    try {
      parsed.fromText(section + "\n" + entry + "\n");
    } catch (ConfigInvalidException e) {
      return null; // the whole text will not parse either, and says where
    }
    var path = parsed.getString("include", null, "path");
    for (var condition : parsed.getSubsections("includeif")) {
      path = parsed.getString("includeif", condition, "path");
      if (path != null && !conditions.test(new Condition(condition, file))) {
        return null;
      }
    }
    if (path == null || path.isEmpty()) {
      return null;
    }
    return expand(path, home, file.toAbsolutePath().getParent());
  }

  /** A path of a configuration value: {@code ~/} is the home, relative ones are below a base. */
  static Path expand(String path, Path home, Path base) {
    if (path.equals("~") || path.startsWith("~/")) {
      return home.resolve(path.length() > 2 ? path.substring(2) : "").normalize();
    }
    return base.resolve(path).normalize();
  }
}
