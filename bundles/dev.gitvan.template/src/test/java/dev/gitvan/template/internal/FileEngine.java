package dev.gitvan.template.internal;

import dev.gitvan.template.spi.CompiledTemplate;
import dev.gitvan.template.spi.Condition;
import dev.gitvan.template.spi.EngineOptions;
import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.template.spi.TemplateLoader;

/** An engine of a test, for templates in files alone. */
abstract class FileEngine implements TemplateEngine {
  abstract CompiledTemplate compile(TemplateLoader loader, String name);

  @Override
  public final Session open(EngineOptions options, TemplateLoader loader) {
    return new Session() {
      @Override
      public CompiledTemplate compile(String name) {
        return FileEngine.this.compile(loader, name);
      }

      @Override
      public CompiledTemplate compileText(String name, String text) {
        throw new AssertionError("an inline template is compiled");
      }

      @Override
      public Condition compileCondition(String name, String expression) {
        throw new AssertionError("a condition is compiled");
      }

      @Override
      public void close() {}
    };
  }
}
