package dev.gitvan.template.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gitvan.template.internal.Injector.MarkerException;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Position;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InjectorTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String inject(String file, String text, Position position, String... markers)
      throws MarkerException {
    var result = Injector.inject(bytes(file), bytes(text), position, List.of(markers));
    var again =
        Injector.inject(result.orElse(bytes(file)), bytes(text), position, List.of(markers));
    assertThat(again).as("the second time").isEmpty();
    return result.map(b -> new String(b, StandardCharsets.UTF_8)).orElse(null);
  }

  @Test
  void afterTheLineWithTheMarker() throws Exception {
    assertThat(inject("a\n// here x\nb\n", "new\n", Position.AFTER, "// here"))
        .isEqualTo("a\n// here x\nnew\nb\n");
  }

  @Test
  void beforeTheLineWithTheMarker() throws Exception {
    assertThat(inject("a\nend\n", "1\n2\n", Position.BEFORE, "end")).isEqualTo("a\n1\n2\nend\n");
  }

  @Test
  void theByteOrderMarkStaysAtTheBeginning() throws Exception {
    assertThat(inject("\ufeffa\nb\n", "new\n", Position.BEFORE, "a"))
        .isEqualTo("\ufeffnew\na\nb\n");
    assertThat(inject("\ufeffnew\na\n", "new\n", Position.AFTER, "a")).isNull();
  }

  @Test
  void betweenTwoMarkersItReplaces() throws Exception {
    assertThat(inject("x\n<a>\nold\nolder\n</a>\ny", "new", Position.BETWEEN, "<a>", "</a>"))
        .isEqualTo("x\n<a>\nnew\n</a>\ny");
    assertThat(inject("<a>\n</a>\n", "", Position.BETWEEN, "<a>", "</a>")).isNull();
    assertThat(inject("<a>\nold\n</a>\n", "", Position.BETWEEN, "<a>", "</a>"))
        .isEqualTo("<a>\n</a>\n");
  }

  @Test
  void theFirstMarkerCounts() throws Exception {
    assertThat(inject("m\nm\n", "t", Position.AFTER, "m")).isEqualTo("m\nt\nm\n");
  }

  @Test
  void whatIsThereAlreadyIsNotPutThereAgain() throws Exception {
    assertThat(inject("import a\nother\nm\n", "import a\n", Position.AFTER, "m")).isNull();
    assertThat(inject("import ab\n#\n", "import a\n", Position.AFTER, "#"))
        .isEqualTo("import ab\n#\nimport a\n");
  }

  @Test
  void oneAfterTheOther() throws Exception {
    var first = inject("m\n", "one", Position.AFTER, "m");
    var second = inject(first, "two", Position.AFTER, "m");

    assertThat(second).isEqualTo("m\ntwo\none\n");
    assertThat(inject(second, "one", Position.AFTER, "m")).isNull();
  }

  @Test
  void textThatHasTheMarkerItself() throws Exception {
    assertThat(inject("m\n", "m too", Position.AFTER, "m")).isEqualTo("m\nm too\n");
    assertThat(inject("m\n", "m too", Position.BEFORE, "m")).isEqualTo("m too\nm\n");
    var failure =
        catchThrowableOfType(
            MarkerException.class, () -> inject("a\nb\n", "x\nb\n", Position.BETWEEN, "a", "b"));
    assertThat(failure.isInText()).isTrue();
  }

  @Test
  void linesEndAsTheMarkersDoes() throws Exception {
    assertThat(inject("a\nm\r\nb\n", "1\n2\n", Position.AFTER, "m"))
        .isEqualTo("a\nm\r\n1\r\n2\r\nb\n");
    assertThat(inject("a\r\nm", "1\n2\n", Position.AFTER, "m")).isEqualTo("a\r\nm\r\n1\r\n2");
  }

  @Test
  void aFileWithoutALastLineEndStaysSo() throws Exception {
    assertThat(inject("m", "t\n", Position.AFTER, "m")).isEqualTo("m\nt");
    assertThat(inject("m", "t\n", Position.BEFORE, "m")).isEqualTo("t\nm");
  }

  @Test
  void markersNeedNotBeAscii() throws Exception {
    assertThat(inject("\u2026 h\u00e9re\n", "\u00fc\n", Position.AFTER, "h\u00e9re"))
        .isEqualTo("\u2026 h\u00e9re\n\u00fc\n");
  }

  @Test
  void bytesThatAreNoTextAreKept() throws Exception {
    var random = new Random(1);
    var before = new byte[10_000];
    random.nextBytes(before);
    var marked = new byte[before.length + 4];
    System.arraycopy(before, 0, marked, 0, before.length);
    System.arraycopy(bytes("\nMM\n"), 0, marked, before.length, 4);

    var result =
        Injector.inject(marked, bytes("text\n"), Position.AFTER, List.of("MM")).orElseThrow();

    assertThat(result).startsWith(marked).endsWith(bytes("text\n")).hasSize(marked.length + 5);
  }

  @Test
  void aMarkerThatIsNotThere() {
    var none =
        catchThrowableOfType(MarkerException.class, () -> inject("a\n", "t", Position.AFTER, "m"));
    assertThat(none.isInText()).isFalse();
    var second =
        catchThrowableOfType(
            MarkerException.class, () -> inject("b\na\n", "t", Position.BETWEEN, "a", "b"));
    assertThat(second.marker()).isEqualTo(1);
  }
}
