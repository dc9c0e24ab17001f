package dev.gitvan.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.command.Console.Style;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapingOutputTest {
  private final ByteArrayOutputStream target = new ByteArrayOutputStream();
  private final EscapingOutput output = new EscapingOutput(target);

  private String written() throws IOException {
    output.flush();
    return target.toString(StandardCharsets.UTF_8);
  }

  private void write(String text) throws IOException {
    output.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 7, 8, 0x0b, 0x0c, 0x0d, 0x1b, 0x7f, 0x80, 0x85, 0x9b, 0x9f, 0x61c, 0x200e, 0x200f,
        0x2028, 0x2029, 0x202a, 0x202e, 0x2066, 0x2069
      })
  void escapesWhatMovesTheCursorOrReordersText(int c) throws IOException {
    write("a" + (char) c + "[31mb");
    assertThat(written()).isEqualTo(String.format("a\\u%04x[31mb", c));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tab\tand\nlines\r\n",
        "größe ½ \u00a0 \u061b \u200b \u200d \u2027 \u202f \u2030 \u2065 \u206a \u20ac \u3042",
        "👩‍👩‍👧"
      })
  void leavesOtherText(String text) throws IOException {
    write(text);
    assertThat(written()).isEqualTo(text);
  }

  @Test
  void keepsBytesThatAreNotText() throws IOException {
    byte[] bytes = {'a', (byte) 0xff, (byte) 0xc2, 'b', (byte) 0xe2, (byte) 0x80};
    output.write(bytes);
    output.flush();
    assertThat(target.toByteArray()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"HEADING, 1", "GOOD, 32", "BAD, 31", "WARNING, 33", "FAINT, 2"})
  void writesTheSequencesOfStyles(Style style, String code) throws IOException {
    write(TerminalText.styled(style, "\u001b[1mx"));
    assertThat(written()).isEqualTo("\u001b[" + code + "m\\u001b[1mx\u001b[0m");
  }

  @Test
  void givesTheSameForEverySplit() throws IOException {
    var text = "é\u009b" + TerminalText.styled(Style.BAD, "x\u202ey") + "\r\n\r\u001b";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      output.write(b);
    }
    var expected = "é\\u009b\u001b[31mx\\u202ey\u001b[0m\r\n\\u000d\\u001b";
    assertThat(written()).isEqualTo(expected);
    for (int at = 0; at <= bytes.length; at++) {
      target.reset();
      output.write(bytes, 0, at);
      output.write(bytes, at, bytes.length - at);
      assertThat(written()).as("split at %d", at).isEqualTo(expected);
    }
  }

  @Test
  void alignsTablesByWhatIsPrinted() {
    var table =
        Table.render(
            List.of("a", "b"),
            List.of(List.of("\u001b[2J", "x"), List.of(TerminalText.styled(Style.GOOD, "ok"), "y")),
            line -> line);
    assertThat(table.lines().map(Table::width).toList()).containsOnly(12);
  }
}
