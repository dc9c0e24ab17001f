package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.ValueField;
import dev.gitvan.event.Condition;
import dev.gitvan.event.ConditionEvaluator;
import dev.gitvan.event.Event;
import dev.gitvan.event.TriggerParser;
import dev.gitvan.event.spi.EventPredicate;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every event predicate must do. Extend it, and return cases with their answers; events can be
 * made with {@link FakeRefChange}. A test that does not end is interrupted after a minute.
 */
public abstract class EventPredicateContract extends Contract {
  private static final int THREADS = 8;

  /**
   * One question and its answer.
   *
   * @param parameters valid ones
   */
  public record Case(Event event, Map<String, Object> parameters, boolean holds) {}

  /** A new predicate, as its component would be. */
  protected abstract EventPredicate predicate();

  /** The name that {@code @GitVanEventPredicate} says. */
  protected abstract String name();

  /** Cases: at least one that holds, and one that does not. */
  protected abstract List<Case> cases();

  /** Where events happen. */
  protected final WorktreeId worktree() {
    var git = Path.of("contract", ".git").toAbsolutePath();
    return new WorktreeId(git, new RepositoryId(git), git.getParent());
  }

  private boolean holds(EventPredicate predicate, Event event, Map<String, Object> parameters) {
    var condition = new Condition.Contributed(name(), parameters);
    return new ConditionEvaluator(Map.of(name(), predicate)).evaluate(condition, event).holds();
  }

  @Test
  void nameIsAKeyOfItsOwn() {
    assertThat(name()).matches("[a-z][a-z0-9-]*");
    assertThat(TriggerParser.KEYS).doesNotContain(name());
  }

  @Test
  void parametersAreAlwaysTheSameAndDescribed() {
    var predicate = predicate();
    assertThat(predicate.parameters())
        .isEqualTo(predicate.parameters())
        .isEqualTo(predicate().parameters());
    assertThat(predicate.parameters()).extracting(ValueField::name).doesNotHaveDuplicates();
    assertThat(predicate.parameters())
        .extracting(ValueField::description)
        .allSatisfy(text -> assertThat(text).doesNotEndWith(".").doesNotContain("\n"));
  }

  @Test
  void casesHaveTheirAnswersAgainAndAgain() {
    assertThat(cases()).extracting(Case::holds).contains(true, false);
    var predicate = predicate();
    for (int round = 0; round < 3; round++) {
      for (var one : cases()) {
        assertThat(holds(predicate, one.event(), one.parameters()))
            .as("%s", one)
            .isEqualTo(one.holds());
      }
    }
  }

  @Test
  void eventsOfAnyKindAreAnswered() {
    var hook =
        new HookEvent("post-merge", worktree(), Map.of("squash", false), HookEvent.DEFAULT_LIMIT);
    var events =
        List.of(
            new Event.HookFired(hook),
            FakeRefChange.pushed(worktree(), "main", "", ""),
            FakeRefChange.tagged(worktree(), "v1"),
            FakeRefChange.deleted(worktree(), "main"));
    for (var event : events) {
      // Any answer will do, but not an exception.
      holds(predicate(), event, cases().get(0).parameters());
    }
  }

  @Test
  void parametersThatAreNotDeclaredAreRefused() {
    var one = cases().get(0);
    var more = new LinkedHashMap<>(one.parameters());
    more.put("no-such-parameter", 1L);
    assertRefused(one.event(), more);
    for (var field : predicate().parameters()) {
      var changed = new LinkedHashMap<>(one.parameters());
      changed.put(field.name(), new Object());
      assertRefused(one.event(), changed);
      changed.remove(field.name());
      if (field.required()) {
        assertRefused(one.event(), changed);
      }
    }
  }

  private void assertRefused(Event event, Map<String, Object> parameters) {
    assertThatThrownBy(() -> holds(predicate(), event, parameters))
        .as("%s", parameters)
        .isInstanceOfSatisfying(
            GitVanException.class, e -> assertThat(e.code()).isEqualTo(Codes.PREDICATE_INVALID));
  }

  @Test
  void answersManyThreadsAtOnceAlike() throws Exception {
    var predicate = predicate();
    for (var one : cases()) {
      var answers = new ConcurrentLinkedQueue<Object>();
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < THREADS; i++) {
        threads.add(
            new Thread(
                () -> {
                  try {
                    answers.add(holds(predicate, one.event(), one.parameters()));
                  } catch (RuntimeException | Error e) {
                    answers.add(e);
                  }
                }));
      }
      threads.forEach(Thread::start);
      for (var thread : threads) {
        thread.join();
      }
      assertThat(answers).as("%s", one).hasSize(THREADS).containsOnly(one.holds());
    }
  }

  @Test
  void endsSoonWhenItIsInterrupted() throws Exception {
    for (var one : cases()) {
      var thread =
          new Thread(
              () -> {
                Thread.currentThread().interrupt();
                try {
                  holds(predicate(), one.event(), one.parameters());
                } catch (RuntimeException e) {
                  // Ending by an exception is fine.
                }
              });
      thread.setDaemon(true);
      thread.start();
      thread.join(TimeUnit.SECONDS.toMillis(10));
      assertThat(thread.isAlive()).as("%s: still runs", one).isFalse();
    }
  }
}
