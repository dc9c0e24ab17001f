package dev.gitvan.template.pebble.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.testkit.TemplateEngineContract;
import org.junit.jupiter.api.Test;

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
  protected String filtered(String path, String filter) {
    return "{{ " + path + " | " + filter + " }}";
  }

  @Override
  protected String called(String function) {
    return "{{ " + function + "() }}";
  }

  @Override
  protected String broken() {
    return "{% if a %}\n\nmore\n";
  }

  /** 2^22 calls are fewer than the limit, and take longer than so many rounds. */
  @Test
  void callOfMacroCountsAsManyRounds() {
    assertThat(new Pebble().failure(silentCalls(21)).code()).isEqualTo(Codes.TEMPLATE_RANGE_LIMIT);
    assertThat(new Pebble().render(silentCalls(12))).isEmpty();
  }

  private static String silentCalls(int depth) {
    return "{% macro m(n) %}{% if n > 0 %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}"
        + "{{ m("
        + depth
        + ") }}";
  }
}
