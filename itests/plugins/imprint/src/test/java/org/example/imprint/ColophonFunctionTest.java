package org.example.imprint;

import dev.gitvan.template.spi.TemplateFunction;
import dev.gitvan.testkit.TemplateFunctionContract;
import java.util.List;
import java.util.Map;

class ColophonFunctionTest extends TemplateFunctionContract {
  @Override
  protected TemplateFunction function() {
    return new ColophonFunction();
  }

  @Override
  protected List<String> parameters() {
    return List.of("by");
  }

  @Override
  protected List<Example> examples() {
    return List.of(
        new Example(Map.of(), "Set by nobody with imprint (no version)"),
        new Example(Map.of("by", "Ada"), "Set by Ada with imprint (no version)"));
  }
}
