package org.example.imprint;

import dev.gitvan.template.spi.TemplateFilter;
import dev.gitvan.testkit.TemplateFilterContract;
import java.util.List;
import java.util.Map;

class InitialsFilterTest extends TemplateFilterContract {
  @Override
  protected TemplateFilter filter() {
    return new InitialsFilter();
  }

  @Override
  protected List<String> parameters() {
    return List.of("after");
  }

  @Override
  protected List<Example> examples() {
    return List.of(
        new Example("Ada Lovelace", Map.of(), "AL"),
        new Example("Ada Lovelace", Map.of("after", "."), "A.L."),
        new Example("", Map.of(), ""));
  }
}
