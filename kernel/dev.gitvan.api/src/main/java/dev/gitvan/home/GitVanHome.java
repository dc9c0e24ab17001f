package dev.gitvan.home;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The directories in which GitVan keeps files that belong to a user rather than to a repository.
 *
 * <p>The launcher, GitVan's bundles and plugins all locate the directories with this class, so that
 * they agree in every framework, including one that was not started by GitVan's launcher. Each
 * directory is the first of these that is set:
 *
 * <ol>
 *   <li>the framework property {@value #CONFIG}, {@value #CACHE} or {@value #STATE};
 *   <li>{@code config}, {@code cache} or {@code state} in the framework property {@value #HOME};
 *   <li>{@code config}, {@code cache} or {@code state} in the environment variable {@code
 *       GITVAN_HOME};
 *   <li>{@code gitvan} in {@code XDG_CONFIG_HOME}, {@code XDG_CACHE_HOME} or {@code
 *       XDG_STATE_HOME}, if that is an absolute path;
 *   <li>{@code .config/gitvan}, {@code .cache/gitvan} or {@code .local/state/gitvan} in the user's
 *       home directory.
 * </ol>
 *
 * <p>Blank values count as not set. Nothing is created or checked: a directory may not exist yet.
 * Immutable.
 *
 * @param config files that the user writes; absolute
 * @param cache files that can be deleted while no GitVan process runs; absolute
 * @param state files that must survive, such as logs and measurements; absolute
 */
public record GitVanHome(Path config, Path cache, Path state) {
  /** Framework property: a directory that contains all three. */
  public static final String HOME = "gitvan.home";

  /** Framework property: the directory for configuration. */
  public static final String CONFIG = "gitvan.home.config";

  /** Framework property: the directory for caches. */
  public static final String CACHE = "gitvan.home.cache";

  /** Framework property: the directory for state. */
  public static final String STATE = "gitvan.home.state";

  public GitVanHome {
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(cache, "cache");
    Objects.requireNonNull(state, "state");
  }

  /**
   * The directories of the user who runs this process. In a bundle, call it as {@code
   * GitVanHome.of(context::getProperty)}.
   *
   * @param properties returns the value of a framework property, or null
   */
  public static GitVanHome of(UnaryOperator<String> properties) {
    return of(properties, System.getenv());
  }

  /**
   * As {@link #of(UnaryOperator)}, with another environment.
   *
   * @param properties returns the value of a framework property, or null
   */
  public static GitVanHome of(UnaryOperator<String> properties, Map<String, String> environment) {
    var search = new Search(properties, environment);
    return new GitVanHome(
        search.find(CONFIG, "config", "XDG_CONFIG_HOME", ".config"),
        search.find(CACHE, "cache", "XDG_CACHE_HOME", ".cache"),
        search.find(STATE, "state", "XDG_STATE_HOME", ".local/state"));
  }

  /** The framework properties that make {@link #of(UnaryOperator)} return these directories. */
  public Map<String, String> toFrameworkProperties() {
    return Map.of(CONFIG, config.toString(), CACHE, cache.toString(), STATE, state.toString());
  }

  /**
   * Without lambdas: every command runs this code, and class archives do not contain lambdas of
   * bundles.
   */
  private record Search(UnaryOperator<String> properties, Map<String, String> environment) {
    Path find(String property, String folder, String xdgVariable, String xdgDefault) {
      return search(property, folder, xdgVariable, xdgDefault).toAbsolutePath().normalize();
    }

    private Path search(String property, String folder, String xdgVariable, String xdgDefault) {
      var own = properties.apply(property);
      if (isSet(own)) {
        return Path.of(own);
      }
      var home = properties.apply(HOME);
      if (isSet(home)) {
        return Path.of(home, folder);
      }
      var variable = environment.get("GITVAN_HOME");
      if (isSet(variable)) {
        return Path.of(variable, folder);
      }
      var xdg = environment.get(xdgVariable);
      // The XDG Base Directory Specification requires relative paths to be ignored.
      boolean usesXdg = isSet(xdg) && Path.of(xdg).isAbsolute();
      return (usesXdg ? Path.of(xdg) : userHome().resolve(xdgDefault)).resolve("gitvan");
    }

    /** {@code HOME} takes precedence over the password database, as in a shell. */
    private Path userHome() {
      var home = environment.get("HOME");
      return Path.of(isSet(home) ? home : System.getProperty("user.home"));
    }

    private static boolean isSet(String value) {
      return value != null && !value.isBlank();
    }
  }
}
