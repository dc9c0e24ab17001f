package dev.gitvan.kernel.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.job.RunEvent;
import dev.gitvan.job.StandardStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {
  private final Masks masks = new Masks();

  @Test
  void hidesEveryOccurrence() {
    masks.add("hunter2!");
    assertThat(masks.text("hunter2! and hunter2!, not hunter3"))
        .isEqualTo("*** and ***, not hunter3");
  }

  @Test
  void hidesOverlappingSecretsCompletely() {
    masks.add("abcdef");
    masks.add("defghi");
    assertThat(masks.text("x abcdefghi y")).isEqualTo("x *** y");
  }

  @Test
  void leavesShortValuesInText() {
    masks.add("abc");
    masks.add("");
    masks.add(null);
    assertThat(masks.text("abcabc")).isEqualTo("abcabc");
  }

  @Test
  void hidesEachLineOfALongValue() {
    masks.add("first line\n  second\nabc\r\n");
    assertThat(masks.text("a second, the first line, abc")).isEqualTo("a ***, the ***, abc");
  }

  @Test
  void hidesTheJsonForm() {
    masks.add("pass\"word\\\n1");
    assertThat(masks.text("{\"a\": \"pass\\\"word\\\\\\n1\"}")).isEqualTo("{\"a\": \"***\"}");
  }

  @Test
  void hidesTheUrlEncodedForm() {
    masks.add("p@ss w/rd");
    assertThat(masks.text("?a=" + URLEncoder.encode("p@ss w/rd", StandardCharsets.UTF_8) + "&b"))
        .isEqualTo("?a=***&b");
    assertThat(masks.text("?a=p%40ss%20w%2Frd&b")).isEqualTo("?a=***&b");
  }

  /** Each prefix moves the secret to another position in a group of three bytes. */
  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "usr:"})
  void hidesTheBase64Form(String prefix) {
    masks.add("correct horse battery");
    var text = prefix + "correct horse battery!";
    var encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    var masked = masks.text("Basic " + encoded);
    assertThat(masked).startsWith("Basic ").contains("***");
    var readable = masked.substring("Basic ".length()).replace("***", "");
    assertThat(readable.length()).isLessThan(14);
  }

  @Test
  void hidesValuesInListsAndMappings() {
    masks.add(Map.of("a", List.of("secret-1", 123456L)));
    assertThat(masks.text("secret-1 123456")).isEqualTo("*** ***");
  }

  @Test
  void hidesTokensOfKnownFormats() {
    assertThat(masks.text("https://me:hunter2@example.org/"))
        .isEqualTo("https://me:***@example.org/");
  }

  @Test
  void hidesAPrivateKeyThatIsPrintedLineByLine() {
    assertThat(
            List.of("-----BEGIN PRIVATE " + "KEY-----", "MIIEvQ", "-----END PRIVATE KEY-----", "ok")
                .stream()
                .map(this::line))
        .containsExactly("***", "***", "***", "ok");
  }

  @Test
  void showsWhatFollowsThatIsNotPartOfAKey() {
    line("-----BEGIN PRIVATE " + "KEY-----");
    assertThat(line("this is not a key")).isEqualTo("this is not a key");
    assertThat(line("MIIEvQ")).isEqualTo("MIIEvQ");
  }

  private String line(String text) {
    var event = new RunEvent.Line("run", "job", StandardStream.OUT, text);
    return ((RunEvent.Line) masks.event(event)).text();
  }

  @Test
  void copiesWhatWasThrownOnlyIfItHasASecret() {
    var cause = new IllegalStateException("bad hunter2!");
    var thrown = new RuntimeException("outer", cause);
    thrown.addSuppressed(new Exception("also hunter2!"));
    assertThat(masks.thrown(thrown)).isSameAs(thrown);
    assertThat(masks.thrown(null)).isNull();
    masks.add("hunter2!");
    var printed = print(masks.thrown(thrown));
    assertThat(printed).isEqualTo(print(thrown).replace("hunter2!", "***"));
  }

  private static String print(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
