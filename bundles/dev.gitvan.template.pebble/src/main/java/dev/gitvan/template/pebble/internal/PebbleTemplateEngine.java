package dev.gitvan.template.pebble.internal;

import dev.gitvan.document.Documents;
import dev.gitvan.template.spi.EngineOptions;
import dev.gitvan.template.spi.GitVanTemplateEngine;
import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.template.spi.TemplateLoader;
import io.pebbletemplates.pebble.PebbleEngine;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Templates in Pebble. */
@Component
@GitVanTemplateEngine(
    engine = "pebble",
    extensions = {"peb", "pebble"},
    reproducible = true,
    bounded = true,
    interruptible = true)
public final class PebbleTemplateEngine implements TemplateEngine {
  private static final int MAX_ENGINES = 32;

  private final Dialect dialect;
  private final Map<EngineOptions, PebbleEngine> engines = new ConcurrentHashMap<>();

  @Activate
  public PebbleTemplateEngine(@Reference Documents documents) {
    this.dialect = new Dialect(documents);
  }

  @Override
  public Session open(EngineOptions options, TemplateLoader loader) {
    if (engines.size() >= MAX_ENGINES) {
      engines.clear();
    }
    var engine = engines.computeIfAbsent(options, this::engine);
    return new PebbleSession(engine, dialect, options, loader);
  }

  @Override
  public Set<String> filterNames() {
    return dialect.reservedFilters();
  }

  @Override
  public Set<String> functionNames() {
    return dialect.reservedFunctions();
  }

  private PebbleEngine engine(EngineOptions options) {
    return new PebbleEngine.Builder()
        .loader(new NoLoader())
        .cacheActive(false)
        .strictVariables(options.strict())
        .autoEscaping(options.autoescape())
        .newLineTrimming(false)
        .defaultLocale(Locale.ROOT)
        // The last word on methods; the first is said in Methods and Beans.
        .methodAccessValidator((object, method) -> false)
        .registerExtensionCustomizer(Dialect.Part::new)
        .extension(dialect)
        .build();
  }
}
