package dev.gitvan.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.FieldValues;
import dev.gitvan.document.ValueField;
import dev.gitvan.document.ValueType;
import dev.gitvan.event.spi.EventPredicate;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionEvaluatorTest {
  private static final Path GIT = Path.of("/r/.git").toAbsolutePath();
  private static final Event EVENT =
      new Event.HookFired(
          new HookEvent(
              "post-merge",
              new WorktreeId(GIT, new RepositoryId(GIT), GIT.getParent()),
              Map.of("squash", false),
              HookEvent.DEFAULT_LIMIT));

  private static final Condition.Leaf YES = leaf("yes");
  private static final Condition.Leaf NO = leaf("no");
  private static final Condition.Leaf MISSING = leaf("tomorow");

  private final ConditionEvaluator evaluator =
      new ConditionEvaluator(
          Map.of(
              "yes",
              (event, parameters) -> true,
              "no",
              (event, parameters) -> false,
              "tomorrow",
              (event, parameters) -> true,
              "fails",
              (event, parameters) -> {
                throw new IOException("no network");
              },
              "refuses",
              (event, parameters) -> {
                throw GitVanException.of(Codes.CONFIG_RANGE, "days", "no such day", "");
              },
              "hook",
              new AtPoint()));

  /** A predicate with a parameter, as the built-in {@code hook} is one. */
  private static final class AtPoint implements EventPredicate {
    @Override
    public List<ValueField> parameters() {
      return List.of(ValueField.required("point", ValueType.STRING, "Name of the point"));
    }

    @Override
    public boolean holds(Event event, FieldValues parameters) {
      return event instanceof Event.HookFired fired
          && fired.event().point().equals(parameters.string("point").orElseThrow());
    }
  }

  private static Condition.Leaf leaf(String name) {
    return new Condition.Contributed(name, Map.of());
  }

  private Verdict evaluate(Condition condition) {
    return evaluator.evaluate(condition, EVENT);
  }

  private String refusal(Condition condition) {
    try {
      evaluate(condition);
    } catch (GitVanException e) {
      return e.problem().toString();
    }
    throw new AssertionError("it was decided");
  }

  @Test
  void allIsDecidedByTheFirstThatIsNotTrue() {
    assertThat(evaluate(new Condition.AllOf(List.of(YES, NO, MISSING))))
        .isEqualTo(new Verdict(false, List.of(NO)));
    assertThat(evaluate(new Condition.AllOf(List.of(YES, YES))))
        .isEqualTo(new Verdict(true, List.of(YES, YES)));
  }

  @Test
  void anyIsDecidedByTheFirstThatIsTrue() {
    assertThat(evaluate(new Condition.AnyOf(List.of(NO, YES, MISSING))))
        .isEqualTo(new Verdict(true, List.of(YES)));
    assertThat(evaluate(new Condition.AnyOf(List.of(NO, NO))))
        .isEqualTo(new Verdict(false, List.of(NO, NO)));
  }

  @Test
  void noneIsDecidedByTheFirstThatIsTrue() {
    assertThat(evaluate(new Condition.NoneOf(List.of(NO, YES, MISSING))))
        .isEqualTo(new Verdict(false, List.of(YES)));
    assertThat(evaluate(new Condition.NoneOf(List.of(NO, NO))))
        .isEqualTo(new Verdict(true, List.of(NO, NO)));
  }

  @Test
  void combinatorsNest() {
    var neither = new Condition.NoneOf(List.of(NO, new Condition.AllOf(List.of(YES, NO))));
    assertThat(evaluate(new Condition.AllOf(List.of(YES, neither))).holds()).isTrue();
  }

  @Test
  void triggersOfEventsNeedAllTheirConditions() {
    var trigger = new JobTrigger.OnEvent(List.of(new Condition.Hook("post-merge"), NO));
    assertThat(evaluate(trigger.condition())).isEqualTo(new Verdict(false, List.of(NO)));
    var alone = new JobTrigger.OnEvent(List.of(new Condition.Hook("post-merge")));
    assertThat(evaluate(alone.condition()).holds()).isTrue();
  }

  /** Otherwise a plugin that is not installed would start the job. */
  @Test
  void missingPredicateIsNoAnswerEvenBelowNone() {
    assertThat(refusal(new Condition.NoneOf(List.of(MISSING))))
        .isEqualTo(
            "PREDICATE_NOT_FOUND tomorow: there is no such event predicate. Did you mean"
                + " tomorrow?");
  }

  @Test
  void parametersMustBeThoseOfThePredicate() {
    assertThat(refusal(new Condition.Contributed("hook", Map.of("points", "post-merge"))))
        .startsWith("PREDICATE_INVALID hook: point is missing; points is not known.");
  }

  @Test
  void failuresAreReportedWithThePredicate() {
    assertThat(refusal(leaf("fails")))
        .startsWith("INTERNAL event predicate fails: it failed: java.io.IOException: no network");
    assertThat(refusal(leaf("refuses"))).startsWith("CONFIG_RANGE days");
  }

  @Test
  void conditionsOnNothingDoNotExist() {
    assertThatThrownBy(() -> new Condition.AnyOf(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JobTrigger.OnEvent(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
