package org.example.gatekeeper;

import dev.gitvan.event.spi.EventPredicate;
import dev.gitvan.testkit.EventPredicateContract;
import dev.gitvan.testkit.FakeRefChange;
import java.util.List;
import java.util.Map;

class LargeChangeTest extends EventPredicateContract {
  @Override
  protected EventPredicate predicate() {
    return new LargeChange();
  }

  @Override
  protected String name() {
    return "large-change";
  }

  @Override
  protected List<Case> cases() {
    var change = FakeRefChange.pushed(worktree(), "main", "Fix", "A <a@b.c>", "a.txt", "b.txt");
    return List.of(
        new Case(change, Map.of("files", 1L), true), new Case(change, Map.of("files", 2L), false));
  }
}
