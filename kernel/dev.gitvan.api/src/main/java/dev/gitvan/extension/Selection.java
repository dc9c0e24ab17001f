package dev.gitvan.extension;

import dev.gitvan.config.Configuration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.osgi.framework.Version;

/**
 * The plugins that act in a worktree, as its configuration selects them. GitVan's own bundles
 * always act. Immutable; equal when they select equally.
 */
public final class Selection {
  /** All plugins, in their newest version. */
  public static final Selection ALL = new Selection(Map.of(), Set.of(), false);

  private final Map<String, String> use;
  private final Set<String> disabled;
  private final boolean onlyListed;

  private Selection(Map<String, String> use, Set<String> disabled, boolean onlyListed) {
    this.use = use;
    this.disabled = disabled;
    this.onlyListed = onlyListed;
  }

  /** The selection of a configuration; see {@link BundleSettings}. */
  public static Selection of(Configuration configuration) {
    var use = configuration.get(BundleSettings.USE);
    var disabled = configuration.get(BundleSettings.DISABLE);
    boolean onlyListed = configuration.get(BundleSettings.ONLY_LISTED);
    return use.isEmpty() && disabled.isEmpty() && !onlyListed
        ? ALL
        : new Selection(Map.copyOf(use), Set.copyOf(disabled), onlyListed);
  }

  /** Whether a version of a plugin acts. */
  public boolean includes(String symbolicName, Version version) {
    if (disabled.contains(symbolicName)) {
      return false;
    }
    var wanted = use.get(symbolicName);
    if (wanted == null) {
      return !onlyListed;
    }
    return switch (wanted) {
      case "on" -> true;
      case "off" -> false;
      default -> Version.parseVersion(wanted).equals(version);
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Selection selection
        && use.equals(selection.use)
        && disabled.equals(selection.disabled)
        && onlyListed == selection.onlyListed;
  }

  @Override
  public int hashCode() {
    return Objects.hash(use, disabled, onlyListed);
  }

  @Override
  public String toString() {
    return "use " + use + ", disable " + disabled + (onlyListed ? ", only listed" : "");
  }
}
