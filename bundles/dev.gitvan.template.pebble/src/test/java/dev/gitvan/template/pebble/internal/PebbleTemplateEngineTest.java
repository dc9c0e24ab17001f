package dev.gitvan.template.pebble.internal;

import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.testkit.TemplateEngineContract;

class PebbleTemplateEngineTest extends TemplateEngineContract {
  @Override
  protected TemplateEngine engine() {
    return new PebbleTemplateEngine(new DocumentsService());
  }

  @Override
  protected String print(String path) {
    return "{{ " + path + " }}";
  }

  @Override
  protected String include(String name) {
    return "{% include \"" + name + "\" %}";
  }

  @Override
  protected String each(String list, String body) {
    return "{% for item in " + list + " %}" + body + "{% endfor %}";
  }

  @Override
  protected String broken() {
    return "{% if a %}\n\nmore\n";
  }
}
