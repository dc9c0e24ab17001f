package dev.gitvan.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8TextTest {
  private static String decode(byte[] bytes) {
    return Utf8Text.decode(bytes, offset -> new IllegalArgumentException("at " + offset));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void oneMarkAtTheBeginningIsNotPartOfTheText() {
    assertThat(decode(bytes("\ufeffä\n"))).isEqualTo("ä\n");
    assertThat(decode(bytes("\ufeff"))).isEmpty();
    assertThat(decode(bytes("\ufeff\ufeffa"))).isEqualTo("\ufeffa");
    assertThat(decode(bytes("a\ufeff"))).isEqualTo("a\ufeff");
    assertThat(decode(bytes(""))).isEmpty();
  }

  @Test
  void offsetsAreTheFiles() {
    var bytes = bytes("\ufeffab");
    bytes[4] = (byte) 0xff;
    assertThatThrownBy(() -> decode(bytes)).hasMessage("at 4");
    assertThatThrownBy(() -> decode(new byte[] {(byte) 0xef, (byte) 0xbb})).hasMessage("at 0");
  }
}
