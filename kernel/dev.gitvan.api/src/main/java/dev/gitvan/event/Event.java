package dev.gitvan.event;

import dev.gitvan.hook.HookEvent;
import dev.gitvan.repository.WorktreeId;
import java.util.Objects;

/** Something that happened in a repository and may start jobs. */
public sealed interface Event permits RefChange, Event.HookFired {
  /** Where it happened. */
  WorktreeId worktree();

  /** Hooks were called at a point. */
  record HookFired(HookEvent event) implements Event {
    public HookFired {
      Objects.requireNonNull(event, "event");
    }

    @Override
    public WorktreeId worktree() {
      return event.worktree();
    }
  }
}
