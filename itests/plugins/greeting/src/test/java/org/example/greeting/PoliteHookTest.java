package org.example.greeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.testkit.HookContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoliteHookTest extends HookContract {
  @Override
  protected Hook hook() {
    return new PoliteHook();
  }

  @Override
  protected List<String> points() {
    return List.of(HookEvent.JOB_BEFORE);
  }

  @Test
  void stopsAGreetingThatShouts() throws Exception {
    Map<String, Object> data = Map.of("job", "greeting", "inputs", Map.of("name", "world!"));
    var event = new HookEvent(HookEvent.JOB_BEFORE, worktree(), data, HookEvent.DEFAULT_LIMIT);
    assertThat(hook().call(event)).isEqualTo(HookOutcome.vetoed("please do not shout"));
  }
}
