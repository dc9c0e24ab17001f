package dev.gitvan.testkit;

import dev.gitvan.template.spi.TemplateFunction;
import java.util.List;
import java.util.Map;

/** The contract, on a function that keeps it. */
class TemplateFunctionContractTest extends TemplateFunctionContract {
  @Override
  protected TemplateFunction function() {
    return arguments -> List.of(arguments.text("word", "none"));
  }

  @Override
  protected List<String> parameters() {
    return List.of("word");
  }

  @Override
  protected List<Example> examples() {
    return List.of(
        new Example(Map.of(), List.of("none")), new Example(Map.of("word", "a"), List.of("a")));
  }
}
