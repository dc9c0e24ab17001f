package dev.gitvan.template.mustache.internal;

import dev.gitvan.template.spi.EngineOptions;
import dev.gitvan.template.spi.GitVanTemplateEngine;
import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.template.spi.TemplateLoader;
import org.osgi.service.component.annotations.Component;

/** Templates in Mustache: the whole specification, and nothing beyond it. */
@Component
@GitVanTemplateEngine(
    engine = "mustache",
    extensions = {"mustache"},
    reproducible = true,
    bounded = true,
    interruptible = true)
public final class MustacheTemplateEngine implements TemplateEngine {
  @Override
  public Session open(EngineOptions options, TemplateLoader loader) {
    return new MustacheSession(options, loader);
  }
}
