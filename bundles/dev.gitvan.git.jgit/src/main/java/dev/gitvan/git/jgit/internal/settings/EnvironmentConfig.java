package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.repository.GitVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Configuration in a caller's environment: {@code GIT_CONFIG_COUNT} and its pairs, then {@code
 * GIT_CONFIG_PARAMETERS}, in which {@code git -c} passes its options on to hooks (git:config.c).
 */
public final class EnvironmentConfig {
  private static final String QUOTED = "'[^']*+(?:'\\\\['!]'[^']*+)*+'";

  /** {@code 'key'='value'}, {@code 'key'=}, or {@code 'key=value'} of old versions of Git. */
  private static final Pattern PARAMETER =
      Pattern.compile("\\s*(" + QUOTED + ")(?:(=)(" + QUOTED + ")?)?(?=\\s|$)");

  private static final Pattern KEY =
      Pattern.compile("[A-Za-z0-9-]+(\\.[^\\n]+)?\\.[A-Za-z][A-Za-z0-9-]*");

  /** A setting; the last one of a key wins, or is added where there can be several. */
  public record Entry(String key, String value) {
    /** The part of the key before its first dot. */
    String section() {
      return key.substring(0, key.indexOf('.'));
    }

    /** The part between the first and the last dot; null if they are the same. */
    String subsection() {
      int first = key.indexOf('.');
      int last = key.lastIndexOf('.');
      return first == last ? null : key.substring(first + 1, last);
    }

    /** The part behind the last dot. */
    String name() {
      return key.substring(key.lastIndexOf('.') + 1);
    }
  }

  private EnvironmentConfig() {}

  /**
   * The entries in their order.
   *
   * @throws GitVanException {@code CONFIG_PARSE} where Git would not start either
   */
  public static List<Entry> of(Map<String, String> environment) {
    var entries = new ArrayList<Entry>();
    pairs(environment, entries);
    parameters(environment, entries);
    return entries;
  }

  private static void pairs(Map<String, String> environment, List<Entry> entries) {
    var count = GitVariable.GIT_CONFIG_COUNT.in(environment).orElse("").strip();
    if (count.isEmpty()) {
      return;
    }
    if (!count.matches("\\d{1,6}")) {
      throw invalid(GitVariable.GIT_CONFIG_COUNT.name(), "`" + count + "` is not a number");
    }
    for (int i = 0; i < Integer.parseInt(count); i++) {
      var value = required(environment, "GIT_CONFIG_VALUE_" + i);
      add(required(environment, "GIT_CONFIG_KEY_" + i), value, "GIT_CONFIG_KEY_" + i, entries);
    }
  }

  private static String required(Map<String, String> environment, String variable) {
    var value = environment.get(variable);
    if (value == null) {
      throw invalid(variable, "it is not set, but GIT_CONFIG_COUNT counts it");
    }
    return value;
  }

  private static void parameters(Map<String, String> environment, List<Entry> entries) {
    var variable = GitVariable.GIT_CONFIG_PARAMETERS.name();
    var text = GitVariable.GIT_CONFIG_PARAMETERS.in(environment).orElse("").strip();
    var matcher = PARAMETER.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw invalid(variable, "its format is not the one of git -c");
      }
      var key = unquoted(matcher.group(1));
      int equals = key.indexOf('=');
      if (matcher.group(2) == null && equals >= 0) {
        add(key.substring(0, equals), key.substring(equals + 1), variable, entries);
      } else {
        var value = matcher.group(3);
        add(key, value == null ? "true" : unquoted(value), variable, entries);
      }
      at = matcher.end();
    }
  }

  private static String unquoted(String quoted) {
    return quoted.substring(1, quoted.length() - 1).replaceAll("'\\\\(['!])'", "$1");
  }

  private static void add(String key, String value, String variable, List<Entry> entries) {
    if (!KEY.matcher(key).matches()) {
      throw invalid(variable, "`" + key + "` is not the name of a setting");
    }
    entries.add(new Entry(key, value));
  }

  private static GitVanException invalid(String variable, String what) {
    return GitVanException.of(
        Codes.CONFIG_PARSE, variable, what, "Correct or unset Git's variable.");
  }
}
