package dev.gitvan.template.pebble.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Formats of other languages are refused with the format to write, which gives what they mean. */
class DateFormatsTest {
  private static final Map<String, Object> DATA =
      Map.of("now", Instant.parse("2026-03-09T14:05:06.078Z"));

  private final Pebble pebble = new Pebble();

  private String date(String format) {
    return pebble.render("{{ now | date(\"" + format + "\") }}", DATA);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          %Y-%m-%d                   => yyyy-MM-dd                  => 2026-03-09
          %d.%m.%y %H:%M:%S          => dd.MM.yy HH:mm:ss           => 09.03.26 14:05:06
          %B %-d, %Y                 => MMMM d, yyyy                => March 9, 2026
          %b %e %I:%M %p             => MMM d hh:mm a               => Mar 9 02:05 PM
          %A %a %j                   => EEEE EEE DDD                => Monday Mon 068
          %F %T                      => yyyy-MM-dd HH:mm:ss         => 2026-03-09 14:05:06
          %Y-%m-%dT%H:%M:%S%:z       => yyyy-MM-dd'T'HH:mm:ssxxx    => 2026-03-09T14:05:06+00:00
          updated %Y                 => 'updated' yyyy              => updated 2026
          100%% %Y                   => 100% yyyy                   => 100% 2026
          YYYY-MM-DD                 => yyyy-MM-dd                  => 2026-03-09
          DD/MM/YY HH:mm             => dd/MM/yy HH:mm              => 09/03/26 14:05
          MMMM D, YYYY               => MMMM d, yyyy                => March 9, 2026
          dddd D MMM YYYY [at] h:mm A => EEEE d MMM yyyy 'at' h:mm a => Monday 9 Mar 2026 at 2:05 PM
          YYYY-MM-DDTHH:mm:ssZ       => yyyy-MM-dd'T'HH:mm:ssxxx    => 2026-03-09T14:05:06+00:00
          yyyy-MM-DD                 => yyyy-MM-dd                  => 2026-03-09
          YYYY-mm-DD                 => yyyy-MM-dd                  => 2026-03-09
          d/m/y                      => dd/MM/yy                    => 09/03/26
          yyyy-mm-dd                 => yyyy-MM-dd                  => 2026-03-09
          Y-m-d H:i:s                => yyyy-MM-dd HH:mm:ss         => 2026-03-09 14:05:06
          F j, Y                     => MMMM d, yyyy                => March 9, 2026
          2006-01-02                 => yyyy-MM-dd                  => 2026-03-09
          Jan 2, 2006 15:04          => MMM d, yyyy HH:mm           => Mar 9, 2026 14:05
          """)
  void aFormatOfAnotherLanguage(String foreign, String format, String date) {
    var failure = pebble.failure("{{ now | date(\"" + foreign + "\") }}", DATA);
    assertThat(failure.code()).isEqualTo(Codes.TEMPLATE_FAILED);
    assertThat(failure.problem().remedy()).isEqualTo("Write \"" + format + "\".");
    assertThat(date(format)).isEqualTo(date);
  }

  /** Java has these, and they mean something. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyy-MM-dd'T'HH:mm:ssXXX",
        "d MMM uuuu",
        "YYYY-'W'ww",
        "yyyy-DDD",
        "HH:mm",
        "h:mm a",
        "EEEE",
        "'%Y' yyyy",
        "yyyy[ HH:mm]",
        "dd.MM.yy HH:mm:ss.SSS z",
        "QQQ yyyy",
        "'YYYY-MM-DD'"
      })
  void aFormatOfOurs(String format) {
    assertThat(date(format)).isNotEmpty();
  }

  @Test
  void whatCannotBeTranslatedHasAnExample() {
    var failure = pebble.failure("{{ now | date(\"%Y %Q\") }}", DATA);
    assertThat(failure)
        .hasMessageContaining("'%Y %Q' is a format of strftime")
        .hasMessageContaining("for example \"yyyy-MM-dd\"");
  }

  @Test
  void theFormatOfTheInputIsCheckedToo() {
    var failure =
        pebble.failure("{{ \"2026-03-09\" | date(\"yyyy\", existingFormat=\"%Y-%m-%d\") }}");
    assertThat(failure.problem().remedy()).isEqualTo("Write \"yyyy-MM-dd\".");
  }
}
