package dev.gitvan.kernel.internal.hook;

import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.hook.HookDefinition;
import dev.gitvan.hook.HookOutcome;

/** What a chain calls: a hook of a bundle or of a source for one event, or a {@link Question}. */
interface ChainMember {
  HookDefinition definition();

  /** Calls it on this thread; whatever it throws is in the answer. */
  Answer<HookOutcome> call();

  /**
   * Keeps it from being called from now on, because it did not end.
   *
   * @param how for people, without its subject
   */
  void quarantine(String how);

  default String name() {
    return definition().name();
  }
}
