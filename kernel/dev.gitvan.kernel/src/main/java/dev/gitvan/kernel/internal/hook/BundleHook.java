package dev.gitvan.kernel.internal.hook;

import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.hook.HookDefinition;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.kernel.internal.Contribution;
import dev.gitvan.kernel.internal.Contributions;

/** A bundle's hook, for one event. */
record BundleHook(
    Contributions<Hook, HookDefinition> registry,
    Contribution<Hook, HookDefinition> hook,
    HookEvent event)
    implements ChainMember {

  @Override
  public HookDefinition definition() {
    return hook.description();
  }

  @Override
  public Answer<HookOutcome> call() {
    return hook.plugin().call(service -> service.call(event));
  }

  @Override
  public void quarantine(String how) {
    registry.quarantine(hook::equals, "it " + how + " until its bundle is replaced");
  }
}
