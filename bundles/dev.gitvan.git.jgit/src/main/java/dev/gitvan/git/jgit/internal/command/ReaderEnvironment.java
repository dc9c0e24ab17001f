package dev.gitvan.git.jgit.internal.command;

import dev.gitvan.git.jgit.internal.settings.UserSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a reading {@code git} needs of the environment, outside of any run. */
public final class ReaderEnvironment {
  private static final List<String> NAMES =
      List.of(
          "PATH",
          "HOME",
          "XDG_CONFIG_HOME",
          "USER",
          "LOGNAME",
          "TMPDIR",
          "LD_LIBRARY_PATH",
          "SystemRoot",
          "USERPROFILE",
          "TEMP",
          "GIT_CONFIG_GLOBAL",
          "GIT_CONFIG_SYSTEM",
          "GIT_CONFIG_NOSYSTEM",
          "GIT_CONFIG_COUNT",
          "GIT_CONFIG_PARAMETERS",
          "GIT_EXEC_PATH");

  private ReaderEnvironment() {}

  /** The variables that are set. */
  public static Map<String, String> of(UserSettings user) {
    var environment = new TreeMap<String, String>();
    NAMES.forEach(name -> user.variable(name).ifPresent(v -> environment.put(name, v)));
    int count =
        environment.getOrDefault("GIT_CONFIG_COUNT", "").matches("\\d{1,4}")
            ? Integer.parseInt(environment.get("GIT_CONFIG_COUNT"))
            : 0;
    for (int i = 0; i < count; i++) {
      for (var name : List.of("GIT_CONFIG_KEY_" + i, "GIT_CONFIG_VALUE_" + i)) {
        user.variable(name).ifPresent(v -> environment.put(name, v));
      }
    }
    return environment;
  }
}
