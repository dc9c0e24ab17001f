package dev.gitvan.template.pebble.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers are exact, or an error says that they are not. */
class NumbersTest {
  private static final BigInteger BIG = BigInteger.ONE.shiftLeft(127);

  private final Pebble pebble = new Pebble();

  /** Evaluates with {@code big} = 2^127, {@code max} and {@code min} of 64 bits. */
  private String value(String expression) {
    return pebble.render("{{ " + expression + " }}", data());
  }

  private static Map<String, Object> data() {
    return Map.of(
        "big", BIG,
        "max", Long.MAX_VALUE,
        "min", Long.MIN_VALUE,
        "i", Integer.MAX_VALUE,
        "list", List.of(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          big                          => 170141183460469231731687303715884105728
          big + 1                      => 170141183460469231731687303715884105729
          big - 1                      => 170141183460469231731687303715884105727
          big * 2                      => 340282366920938463463374607431768211456
          big / 3                      => 56713727820156410577229101238628035242
          big % 1000                   => 728
          -big                         => -170141183460469231731687303715884105728
          big - big                    => 0
          max + 1                      => 9223372036854775808
          min - 1                      => -9223372036854775809
          max * max                    => 85070591730234615847396907784232501249
          min / -1                     => 9223372036854775808
          min % -1                     => 0
          -min                         => 9223372036854775808
          min | abs                    => 9223372036854775808
          i + 1                        => 2147483648
          i * i * i                    => 9903520300447984150353281023
          18446744073709551616 + 1     => 18446744073709551617
          -9223372036854775808         => -9223372036854775808
          "18446744073709551616" * 2   => 36893488147419103232
          "18446744073709551616" | int => 18446744073709551616
          "1e-999999999" | int         => 0
          "-7.9" | int                 => -7
          big | abs                    => 170141183460469231731687303715884105728
          big | round                  => 170141183460469231731687303715884105728
          [big, 1] | sum               => 170141183460469231731687303715884105729
          [max, max] | sum             => 18446744073709551614
          [max, max - 1] | max         => 9223372036854775807
          max(max - 1, max)            => 9223372036854775807
          min(max, max - 1)            => 9223372036854775806
          [big + 1, big] | sort | first => 170141183460469231731687303715884105728
          big | json                   => 170141183460469231731687303715884105728
          "%d" | format(big)           => 170141183460469231731687303715884105728
          big | numberformat("#,##0")  => 170,141,183,460,469,231,731,687,303,715,884,105,728
          big == big + 1               => false
          big == big                   => true
          max == max - 1               => false
          max > max - 1                => true
          max < big                    => true
          9007199254740993 == 9007199254740992.0 => false
          1 == 1.0                     => true
          big is odd                   => false
          (big + 1) is odd             => true
          big is divisibleby(2)        => true
          [1, 2, 3] | slice(0, big) | length => 3
          {1: "a"}[1]                  => a
          list[big] is defined         => false
          7 / 2                        => 3
          -7 / 2                       => -3
          7.0 / 2                      => 3.5
          2.567 | round(2) + 1         => 3.57
          """)
  void exact(String expression, String expected) {
    assertThat(value(expression)).isEqualTo(expected);
  }

  @Test
  void whatCannotBeExactIsAnError() {
    var failure = pebble.failure("{{ range(1, big) }}", data());
    assertThat(failure.code()).isEqualTo(Codes.TEMPLATE_FAILED);
    assertThat(failure).hasMessageContaining("takes whole numbers of up to 64 bits");
    assertThat(pebble.failure("{{ 1 / 0 }}")).hasMessageContaining("division by zero");
    assertThat(pebble.failure("{{ big / 0 }}", data())).hasMessageContaining("division by zero");
    assertThat(pebble.failure("{{ \"x\" * 2 }}")).hasMessageContaining("'x' is not a number");
    assertThat(pebble.failure("{{ [] * 2 }}"))
        .hasMessageContaining("expected a number, not a list");
    assertThat(pebble.failure("{{ \"1e999\" | float }}")).hasMessageContaining("too large");
  }

  /** Squares would soon fill the memory. */
  @Test
  void numbersDoNotGrowForever() {
    var squares = "{% set x = 10 %}{% for i in 1..40 %}{% set x = x * x %}{% endfor %}";
    assertThat(pebble.failure(squares)).hasMessageContaining("a number of over 1,000 digits");
    assertThat(pebble.failure("{{ \"1e999999999\" | int }}"))
        .hasMessageContaining("a number of over 1,000 digits");
    assertThat(pebble.failure("{{ 1" + "0".repeat(1000) + " }}").code())
        .isEqualTo(Codes.TEMPLATE_SYNTAX);
  }
}
