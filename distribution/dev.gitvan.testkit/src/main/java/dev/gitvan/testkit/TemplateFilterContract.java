package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.template.spi.Arguments;
import dev.gitvan.template.spi.TemplateFilter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every template filter must do. Extend it, and give the filter and examples of its use. */
public abstract class TemplateFilterContract extends Contract {
  /** The filter under test. */
  protected abstract TemplateFilter filter();

  /** Names of its parameters, as {@code @GitVanTemplateFilter} has them. */
  protected List<String> parameters() {
    return List.of();
  }

  /** Whether the same input gives the same result, as the annotation has it. */
  protected boolean reproducible() {
    return true;
  }

  /** Uses that work. */
  protected abstract List<Example> examples();

  /**
   * A use of a filter.
   *
   * @param input a plain value, not null
   * @param arguments plain values by parameter
   * @param result what it must return; null when the result is null
   */
  public record Example(Object input, Map<String, Object> arguments, Object result) {}

  @Test
  void returnsWhatTheExamplesSay() throws Exception {
    assertThat(examples()).isNotEmpty();
    for (var example : examples()) {
      assertThat(parameters()).containsAll(example.arguments().keySet());
      assertThat(apply(example)).as("%s", example).isEqualTo(example.result());
      PlainResults.check(apply(example));
    }
  }

  private Object apply(Example example) throws Exception {
    return filter().apply(example.input(), new Arguments(example.arguments()));
  }

  /** Whatever it is given it returns something plain, or says what is wrong with the value. */
  @Test
  void refusesWhatItCannotUseInWords() throws Exception {
    for (var input : PlainResults.SAMPLES) {
      PlainResults.checkCall("" + input, () -> filter().apply(input, Arguments.NONE));
      for (var parameter : parameters()) {
        for (var argument : PlainResults.SAMPLES) {
          PlainResults.checkCall(
              input + " with " + parameter + "=" + argument,
              () -> filter().apply(input, new Arguments(Map.of(parameter, argument))));
        }
      }
    }
  }

  @Test
  void isReproducibleAndSafeForAnyThread() throws Exception {
    if (reproducible()) {
      var filter = filter();
      for (var example : examples()) {
        PlainResults.checkConcurrently(
            example.result(),
            () -> filter.apply(example.input(), new Arguments(example.arguments())));
      }
    }
  }
}
