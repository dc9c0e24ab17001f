package org.example.greeting;

import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.spi.GitVanHook;
import dev.gitvan.hook.spi.Hook;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Stops a greeting that shouts: a gate before every run. */
@Component
@GitVanHook(on = HookEvent.JOB_BEFORE, name = "polite", timeout = "2s")
public class PoliteHook implements Hook {
  @Override
  public HookOutcome call(HookEvent event) {
    if (!"greeting".equals(event.data().get("job"))) {
      return HookOutcome.skipped("not a greeting");
    }
    var name = event.data().get("inputs") instanceof Map<?, ?> inputs ? inputs.get("name") : "";
    return String.valueOf(name).endsWith("!")
        ? HookOutcome.vetoed("please do not shout")
        : HookOutcome.passed();
  }
}
