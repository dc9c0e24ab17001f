package dev.gitvan.template.mustache.internal;

import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.testkit.TemplateEngineContract;

class MustacheTemplateEngineTest extends TemplateEngineContract {
  @Override
  protected TemplateEngine engine() {
    return new MustacheTemplateEngine();
  }

  @Override
  protected String print(String path) {
    return "{{ " + path + " }}";
  }

  @Override
  protected String include(String name) {
    return "{{> " + name + " }}";
  }

  @Override
  protected String each(String list, String body) {
    return "{{# " + list + " }}" + body + "{{/ " + list + " }}";
  }

  @Override
  protected String printItem() {
    return "{{.}}";
  }

  @Override
  protected String filtered(String path, String filter) {
    return "{{#filters." + filter + "}}" + print(path) + "{{/filters." + filter + "}}";
  }

  @Override
  protected String called(String function) {
    return "{{functions." + function + "}}";
  }

  @Override
  protected String broken() {
    return "{{# a }}\n\nmore\n";
  }
}
