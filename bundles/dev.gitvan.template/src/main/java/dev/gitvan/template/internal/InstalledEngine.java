package dev.gitvan.template.internal;

import dev.gitvan.extension.Extension;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.template.spi.GitVanTemplateEngine;
import dev.gitvan.template.spi.TemplateEngine;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An engine that is installed.
 *
 * @param identity what the engine's outputs depend on, see {@link ContributionIdentity}; asked
 *     while it is in use
 */
record InstalledEngine(Extension<TemplateEngine, Properties> extension, Supplier<String> identity) {

  /**
   * What an engine's service properties say.
   *
   * @param extensions of the files that it takes
   * @param reproducible whether its outputs may be kept
   * @param ends whether its calls end by themselves, and soon after an interruption
   */
  record Properties(String name, Set<String> extensions, boolean reproducible, boolean ends) {
    private static final String ENGINE = GitVanTemplateEngine.PREFIX_ + "engine";
    private static final String EXTENSIONS = GitVanTemplateEngine.PREFIX_ + "extensions";
    private static final String REPRODUCIBLE = GitVanTemplateEngine.PREFIX_ + "reproducible";

    private static final String BOUNDED = GitVanTemplateEngine.PREFIX_ + "bounded";
    private static final String INTERRUPTIBLE = GitVanTemplateEngine.PREFIX_ + "interruptible";

    static Properties read(Map<String, Object> properties) throws InvalidExtensionException {
      if (!(properties.get(ENGINE) instanceof String name) || name.isBlank()) {
        throw new InvalidExtensionException("NAME_MISSING", "the engine has no property " + ENGINE);
      }
      return new Properties(
          name,
          extensions(properties.get(EXTENSIONS)),
          Boolean.TRUE.equals(properties.get(REPRODUCIBLE)),
          Boolean.TRUE.equals(properties.get(BOUNDED))
              && Boolean.TRUE.equals(properties.get(INTERRUPTIBLE)));
    }

    private static Set<String> extensions(Object property) {
      if (property instanceof String[] several) {
        return Set.of(several);
      }
      return property instanceof String one ? Set.of(one) : Set.of();
    }
  }

  String name() {
    return extension.name();
  }

  /** Symbolic name and version of its bundle. */
  String bundle() {
    return extension.bundle();
  }

  Set<String> extensions() {
    return extension.description().extensions();
  }

  boolean reproducible() {
    return extension.description().reproducible();
  }

  /** Whether it may be called on the caller's thread. */
  boolean ends() {
    return extension.description().ends();
  }

  /** The service's id, which no other service ever has. */
  long id() {
    return extension.serviceId();
  }

  /** A service object for as long as somebody uses it; null when the engine is gone. */
  TemplateEngine take() {
    return extension.open();
  }

  void giveBack(TemplateEngine engine) {
    extension.close(engine);
  }

  /** Whether it is being removed or replaced, or is gone: nothing of it may be kept any more. */
  boolean isGone() {
    return !extension.isActive();
  }
}
