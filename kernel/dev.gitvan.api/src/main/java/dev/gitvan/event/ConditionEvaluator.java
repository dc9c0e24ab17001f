package dev.gitvan.event;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.document.FieldValues;
import dev.gitvan.document.ValueField;
import dev.gitvan.event.spi.EventPredicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Evaluates conditions. What cannot be decided is an exception and never an answer: a missing
 * predicate below {@link Condition.NoneOf} must not start a job. Immutable; safe for any thread if
 * the predicates are.
 */
public final class ConditionEvaluator {
  private final Map<String, EventPredicate> predicates;

  /**
   * @param predicates by name
   */
  public ConditionEvaluator(Map<String, EventPredicate> predicates) {
    this.predicates = Map.copyOf(predicates);
  }

  /**
   * Evaluates a condition, from left to right and no further than the result needs.
   *
   * @throws GitVanException {@code PREDICATE_NOT_FOUND}; {@code PREDICATE_INVALID} if the
   *     parameters do not agree with those of the predicate; {@code INTERNAL} if it fails; what it
   *     throws itself if that is a {@code GitVanException}
   */
  public Verdict evaluate(Condition condition, Event event) {
    if (condition instanceof Condition.AllOf all) {
      return until(false, all.conditions(), event);
    }
    if (condition instanceof Condition.AnyOf any) {
      return until(true, any.conditions(), event);
    }
    if (condition instanceof Condition.NoneOf none) {
      var any = until(true, none.conditions(), event);
      return new Verdict(!any.holds(), any.decisive());
    }
    var leaf = (Condition.Leaf) condition;
    return new Verdict(holds(leaf, event), List.of(leaf));
  }

  /** The first verdict of a kind; if there is none, the opposite, decided by all. */
  private Verdict until(boolean wanted, List<Condition> conditions, Event event) {
    var decisive = new ArrayList<Condition.Leaf>();
    for (var condition : conditions) {
      var verdict = evaluate(condition, event);
      if (verdict.holds() == wanted) {
        return verdict;
      }
      decisive.addAll(verdict.decisive());
    }
    return new Verdict(!wanted, decisive);
  }

  private boolean holds(Condition.Leaf leaf, Event event) {
    var name = leaf.predicate();
    var predicate = predicates.get(name);
    if (predicate == null) {
      throw GitVanException.of(
          Codes.PREDICATE_NOT_FOUND,
          name,
          "there is no such event predicate",
          Nearest.sentence(name, predicates.keySet(), "Install the bundle that contributes it."));
    }
    try {
      var mismatches = ValueField.mismatches(predicate.parameters(), leaf.parameters());
      if (!mismatches.isEmpty()) {
        throw GitVanException.of(Codes.PREDICATE_INVALID, name, String.join("; ", mismatches), "");
      }
      return predicate.holds(event, FieldValues.of(predicate.parameters(), leaf.parameters()));
    } catch (GitVanException e) {
      throw e;
    } catch (Exception e) {
      throw GitVanException.of(Codes.INTERNAL, "event predicate " + name, "it failed: " + e, "");
    }
  }
}
