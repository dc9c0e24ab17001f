package dev.gitvan.launcher;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where GitVan keeps what belongs to a user rather than to a repository.
 *
 * <p>Below {@code GITVAN_HOME} when that is set, else in the XDG base directories, which by default
 * are {@code ~/.config}, {@code ~/.cache} and {@code ~/.local/state}.
 *
 * @param config what the user writes
 * @param cache what can be deleted at any time
 * @param state what must survive: queue, logs, measurements
 */
record GitVanHome(Path config, Path cache, Path state) {

  /** Reads the directories from {@code environment}; {@code home} is the user's home directory. */
  static GitVanHome of(Map<String, String> environment, Path home) {
    String own = environment.get("GITVAN_HOME");
    if (own != null && !own.isBlank()) {
      Path base = Path.of(own).toAbsolutePath().normalize();
      return new GitVanHome(base.resolve("config"), base.resolve("cache"), base.resolve("state"));
    }
    return new GitVanHome(
        xdg(environment, "XDG_CONFIG_HOME", home.resolve(".config")),
        xdg(environment, "XDG_CACHE_HOME", home.resolve(".cache")),
        xdg(environment, "XDG_STATE_HOME", home.resolve(".local/state")));
  }

  /** The XDG specification says that relative paths are invalid and to be ignored. */
  private static Path xdg(Map<String, String> environment, String variable, Path fallback) {
    String value = environment.get(variable);
    boolean usable = value != null && Path.of(value).isAbsolute();
    return (usable ? Path.of(value) : fallback).resolve("gitvan");
  }

  /** The framework properties by which bundles know the directories. */
  Map<String, String> frameworkProperties() {
    return Map.of(
        "gitvan.home.config", config.toString(),
        "gitvan.home.cache", cache.toString(),
        "gitvan.home.state", state.toString());
  }

  /** The log file; it survives a cleared cache. */
  Path log() {
    return state.resolve("logs").resolve("gitvan.log");
  }
}
