package dev.gitvan.template.pebble.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever counts, cuts, pads or compares strings does it by characters. */
class CharactersTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          s | length                        => 10
          s.length                          => 10
          s.length()                        => 10
          s | first                         => 🚀
          s | slice(0, 1)                   => 🚀
          s | slice(1, 4)                   => 🐛 s
          s | slice(8)                      => it
          s | slice(3, 2)                   =>
          s | slice(10)                     =>
          s[1]                              => 🐛
          s[2] ~ s[3]                       => ' s'
          s.substring(1, 2)                 => 🐛
          s.substring(8)                    => it
          s.indexOf("ship")                 => 3
          s.indexOf("none")                 => -1
          s | last                          => t
          "ab🚀" | last                     => 🚀
          "a🚀b" | reverse                  => b🚀a
          s | truncate(1, true, "")         => 🚀
          s | truncate(2)                   => 🚀🐛...
          s | truncate(10)                  => 🚀🐛 ship it
          s | truncate(9)                   => 🚀🐛 ship...
          s | abbreviate(10)                => 🚀🐛 ship it
          s | abbreviate(5)                 => 🚀🐛...
          s | abbreviate(2)                 => 🚀🐛
          "🚀🚀 🐛🐛 x" | wordwrap(5) | nl2br => '🚀🚀 🐛🐛<br />
          x'
          "🚀" | pad(3, "🐛")               => 🚀🐛🐛
          "🚀" | center(3) | replace(" ", ".") => .🚀.
          "𐐨b 𐐨" | title                    => 𐐀b 𐐀
          "𐐨b" | capitalize                 => 𐐀b
          "𐐀b" | camelize(true)             => 𐐨b
          s | split("") | length            => 10
          s | list | length                 => 10
          ["🚀", "\uff21"] | sort | join     => Ａ🚀
          "🚀" > "\uff21"                    => true
          "abc" < "abd"                     => true
          "ab" < "abc"                      => true
          """)
  void byCharacters(String expression, String expected) {
    var data = Map.of("s", (Object) "🚀🐛 ship it");
    assertThat(new Pebble().render("{{ " + expression + " }}", data))
        .isEqualTo(expected == null ? "" : expected);
  }
}
