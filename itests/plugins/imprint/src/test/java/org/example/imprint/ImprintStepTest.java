package org.example.imprint;

import dev.gitvan.job.spi.StepType;
import dev.gitvan.testkit.StepTypeContract;
import java.util.List;
import java.util.Map;

class ImprintStepTest extends StepTypeContract {
  @Override
  protected StepType stepType() {
    return new ImprintStep();
  }

  @Override
  protected String key() {
    return "imprint";
  }

  @Override
  protected List<Map<String, Object>> sound() {
    return List.of(
        Map.of("imprint", "NOTICE"),
        Map.of("imprint", "NOTICE", "owner", "Ada", "since", 1984));
  }

  @Override
  protected List<Map<String, Object>> broken() {
    return List.of(
        Map.of("imprint", List.of()),
        Map.of("imprint", "NOTICE", "owner", 7),
        Map.of("imprint", "NOTICE", "since", 2000),
        Map.of("imprint", "NOTICE", "owner", "Ada", "since", "2000"));
  }
}
