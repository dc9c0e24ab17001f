package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.template.spi.Arguments;
import dev.gitvan.template.spi.TemplateFunction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every template function must do. Extend it, and give the function and examples of its use.
 */
public abstract class TemplateFunctionContract extends Contract {
  /** The function under test. */
  protected abstract TemplateFunction function();

  /** Names of its parameters, as {@code @GitVanTemplateFunction} has them. */
  protected List<String> parameters() {
    return List.of();
  }

  /** Whether the same arguments give the same result, as the annotation has it. */
  protected boolean reproducible() {
    return true;
  }

  /** Calls that work. */
  protected abstract List<Example> examples();

  /**
   * A call of a function.
   *
   * @param arguments plain values by parameter
   * @param result what it must return, if it is reproducible; else an example
   */
  public record Example(Map<String, Object> arguments, Object result) {}

  @Test
  void returnsWhatTheExamplesSay() throws Exception {
    assertThat(examples()).isNotEmpty();
    for (var example : examples()) {
      assertThat(parameters()).containsAll(example.arguments().keySet());
      var result = function().call(new Arguments(example.arguments()));
      if (reproducible()) {
        assertThat(result).as("%s", example).isEqualTo(example.result());
      }
      PlainResults.check(result);
    }
  }

  /** Whatever it is given it returns something plain, or says what is wrong with the value. */
  @Test
  void refusesWhatItCannotUseInWords() throws Exception {
    PlainResults.checkCall("no arguments", () -> function().call(Arguments.NONE));
    for (var parameter : parameters()) {
      for (var argument : PlainResults.SAMPLES) {
        PlainResults.checkCall(
            parameter + "=" + argument,
            () -> function().call(new Arguments(Map.of(parameter, argument))));
      }
    }
  }

  @Test
  void isReproducibleAndSafeForAnyThread() throws Exception {
    if (reproducible()) {
      var function = function();
      for (var example : examples()) {
        PlainResults.checkConcurrently(
            example.result(), () -> function.call(new Arguments(example.arguments())));
      }
    }
  }
}
