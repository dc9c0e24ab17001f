package dev.gitvan.template.pebble.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.document.Documents;
import dev.gitvan.template.spi.EngineOptions;
import dev.gitvan.testkit.MemoryTemplates;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The template that all engines are measured with gives the same bytes in each. */
class ReleaseNotesTest {
  @Test
  @SuppressWarnings("unchecked")
  void itsOutputIsThatOfTheOtherEngines() throws Exception {
    var documents = new DocumentsService();
    var templates = new MemoryTemplates();
    for (var name :
        new String[] {"base.md", "release.md", "partials/meta.md", "partials/commit.md"}) {
      templates.put(name, resource(name));
    }
    var data =
        (Map<String, Object>)
            documents
                .parse(
                    resource("data.json").getBytes(StandardCharsets.UTF_8),
                    "data.json",
                    Documents.Syntax.JSON)
                .value();
    var out = new StringWriter();

    new PebbleTemplateEngine(documents)
        .open(EngineOptions.builder().maxOutput(1 << 20).build(), templates)
        .compile("release.md")
        .render(data, out);

    var digest =
        MessageDigest.getInstance("SHA-256")
            .digest(out.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(HexFormat.of().formatHex(digest))
        .isEqualTo(resource("expected.sha256").substring(0, 64));
  }

  private static String resource(String name) throws IOException {
    try (var in = ReleaseNotesTest.class.getResourceAsStream("release/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
