package dev.gitvan.kernel.internal.hook;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.hook.HookDefinition;
import dev.gitvan.hook.HookOutcome;

/** A hook that cannot be called; it fails instead, and so stops a gate. */
record UnusableHook(HookDefinition definition, Problem problem) implements ChainMember {
  @Override
  public Answer<HookOutcome> call() {
    return new Answer<>(new HookOutcome.Failed(problem), null, 0);
  }

  @Override
  public void quarantine(String how) {
    // It ends at once, and has nothing to be called.
  }
}
