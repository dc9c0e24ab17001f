package dev.gitvan.testkit;

import dev.gitvan.template.spi.TemplateFilter;
import java.util.List;
import java.util.Map;

/** The contract, on a filter that keeps it. */
class TemplateFilterContractTest extends TemplateFilterContract {
  @Override
  protected TemplateFilter filter() {
    return (input, arguments) -> {
      long times = arguments.whole("times", 1);
      if (times < 0 || times > 100) {
        throw new IllegalArgumentException("times must be 0–100");
      }
      return input + "!".repeat((int) times);
    };
  }

  @Override
  protected List<String> parameters() {
    return List.of("times");
  }

  @Override
  protected List<Example> examples() {
    return List.of(new Example("a", Map.of(), "a!"), new Example("a", Map.of("times", 2L), "a!!"));
  }
}
