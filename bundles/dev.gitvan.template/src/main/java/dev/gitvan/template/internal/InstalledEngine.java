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
 * @param identity what the engine's outputs depend on, see {@link EngineIdentity}; asked while it
 *     is in use
 */
record InstalledEngine(Extension<TemplateEngine, Properties> extension, Supplier<String> identity) {

  /**
   * What an engine's service properties say.
   *
   * @param extensions of the files that it takes
   * @param reproducible whether its outputs may be kept
   */
  record Properties(String name, Set<String> extensions, boolean reproducible) {
    private static final String ENGINE = GitVanTemplateEngine.PREFIX_ + "engine";
    private static final String EXTENSIONS = GitVanTemplateEngine.PREFIX_ + "extensions";
    private static final String REPRODUCIBLE = GitVanTemplateEngine.PREFIX_ + "reproducible";

    static Properties read(Map<String, Object> properties) throws InvalidExtensionException {
      if (!(properties.get(ENGINE) instanceof String name) || name.isBlank()) {
        throw new InvalidExtensionException("NAME_MISSING", "the engine has no property " + ENGINE);
      }
      return new Properties(
          name,
          extensions(properties.get(EXTENSIONS)),
          Boolean.TRUE.equals(properties.get(REPRODUCIBLE)));
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
