package dev.gitvan.template.pebble.internal;

import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.template.spi.EngineOptions;
import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.testkit.MemoryTemplates;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** Templates in memory, rendered by a session of the engine. */
final class Pebble {
  static final EngineOptions STRICT = EngineOptions.builder().build();

  final MemoryTemplates templates = new MemoryTemplates();
  final TemplateEngine.Session session;

  Pebble() {
    this(STRICT);
  }

  Pebble(EngineOptions options) {
    session = new PebbleTemplateEngine(new DocumentsService()).open(options, templates);
  }

  Pebble put(String name, String text) {
    templates.put(name, text);
    return this;
  }

  /** Renders a string as the template {@code t}. */
  String render(String text, Map<String, ?> data) {
    return put("t", text).renderFile("t", data);
  }

  String render(String text) {
    return render(text, Map.of());
  }

  String renderFile(String name, Map<String, ?> data) {
    var out = new StringWriter();
    try {
      session.compile(name).render(data, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /** What rendering a string throws; null when it throws nothing. */
  GitVanException failure(String text, Map<String, ?> data) {
    return Assertions.catchThrowableOfType(GitVanException.class, () -> render(text, data));
  }

  GitVanException failure(String text) {
    return failure(text, Map.of());
  }
}
