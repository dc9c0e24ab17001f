package dev.gitvan.testkit;

import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.spi.Hook;
import java.util.List;

/** The contract, on a hook that keeps it. */
class HookContractTest extends HookContract {
  @Override
  protected Hook hook() {
    return event ->
        "changelog".equals(event.data().get("job"))
            ? HookOutcome.passed()
            : HookOutcome.skipped("not the changelog");
  }

  @Override
  protected List<String> points() {
    return List.of(HookEvent.JOB_BEFORE, HookEvent.JOB_ERROR, "pre-commit");
  }
}
