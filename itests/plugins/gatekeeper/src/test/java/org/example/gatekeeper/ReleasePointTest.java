package org.example.gatekeeper;

import dev.gitvan.hook.spi.HookPointProvider;
import dev.gitvan.testkit.HookPointContract;
import java.util.List;
import java.util.Map;

class ReleasePointTest extends HookPointContract {
  @Override
  protected HookPointProvider provider() {
    return new ReleasePoint();
  }

  @Override
  protected String name() {
    return "release:before";
  }

  @Override
  protected List<Map<String, Object>> events() {
    return List.of(Map.of("version", "1.0"), Map.of("version", "1.1", "notes", "Fixes"));
  }
}
