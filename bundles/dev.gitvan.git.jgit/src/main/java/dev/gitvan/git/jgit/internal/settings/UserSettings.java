package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/**
 * The user's and the system's Git configuration: what a repository cannot set. Follows {@code
 * HOME}, {@code XDG_CONFIG_HOME} and {@code GIT_CONFIG_*} of the environment.
 */
public final class UserSettings {
  private final Map<String, String> environment;

  /**
   * @param environment of the user
   */
  public UserSettings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The environment of the user. */
  public Map<String, String> environment() {
    return environment;
  }

  /** An environment variable, unless it is missing or empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** The user's home. */
  public Path home() {
    return Path.of(variable("HOME").orElseGet(() -> System.getProperty("user.home")));
  }

  /** {@code $XDG_CONFIG_HOME}, or {@code ~/.config}. */
  public Path xdgHome() {
    return variable("XDG_CONFIG_HOME").map(Path::of).orElseGet(() -> home().resolve(".config"));
  }

  /** The configuration files in the order in which they are read, whether they exist or not. */
  List<Path> files() {
    var files = new ArrayList<Path>();
    if (!truth(environment.get("GIT_CONFIG_NOSYSTEM"))) {
      files.add(variable("GIT_CONFIG_SYSTEM").map(Path::of).orElseGet(this::systemFile));
    }
    var global = variable("GIT_CONFIG_GLOBAL");
    if (global.isPresent()) {
      files.add(Path.of(global.get()));
    } else {
      files.add(xdgHome().resolve("git/config"));
      files.add(home().resolve(".gitconfig"));
    }
    return files;
  }

  /** The files read, includes resolved by the given conditions. */
  ConfigFiles read(Predicate<ConfigFiles.Condition> conditions) {
    var read = new ConfigFiles(home(), conditions);
    files().forEach(read::read);
    return read;
  }

  /** The configuration in the environment, as a configuration's text. */
  String command() {
    var config = new Config();
    for (var entry : EnvironmentConfig.of(environment)) {
      var known = config.getStringList(entry.section(), entry.subsection(), entry.name());
      var all = new ArrayList<>(List.of(known));
      all.add(entry.value());
      config.setStringList(entry.section(), entry.subsection(), entry.name(), all);
    }
    return config.toText();
  }

  /**
   * The configuration that protects the user: of the system, the user and the environment.
   *
   * @throws GitVanException {@code CONFIG_PARSE}
   */
  public Config protectedConfig() {
    var read = read(condition -> false);
    return parse(read.text() + command(), files().get(files().size() - 1).toString());
  }

  /**
   * A configuration of Git's syntax.
   *
   * @param name of the file, for the error
   * @throws GitVanException {@code CONFIG_PARSE}
   */
  public static Config parse(String text, String name) {
    var config = new Config();
    try {
      config.fromText(text);
    } catch (ConfigInvalidException e) {
      throw new GitVanException(
          new dev.gitvan.diagnostics.Problem(
              Codes.CONFIG_PARSE,
              name,
              "Git's configuration cannot be read: " + e.getMessage(),
              "Correct it; `git config --list --show-origin` shows the line."),
          e);
    }
    return config;
  }

  static boolean truth(String value) {
    return value != null
        && (value.equalsIgnoreCase("true")
            || value.equalsIgnoreCase("yes")
            || value.equalsIgnoreCase("on")
            || value.equals("1"));
  }

  /**
   * The system's file. Asking {@code git} would start a process, so it is found as git is built: a
   * git below /usr reads /etc/gitconfig, another one etc/gitconfig beside its bin.
   */
  private Path systemFile() {
    var usual = Path.of("/etc/gitconfig");
    for (var folder : variable("PATH").orElse("").split(java.io.File.pathSeparator)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "git"))) {
        var prefix = Path.of(folder).toAbsolutePath().normalize().getParent();
        return prefix == null || prefix.endsWith("usr") ? usual : prefix.resolve("etc/gitconfig");
      }
    }
    return usual;
  }
}
