package dev.gitvan.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CodesTest {
  private static final Path PAGE = Path.of("../../docs/errors.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `(\\w+)` \\| (\\d+) \\| (yes|no) \\| ([^|]+) \\| [^|]+ \\|");

  /** A row of the page, without what to do. */
  private record Row(String code, int exitStatus, boolean retryable, String meaning) {}

  @Test
  void thePageListsEveryCodeWithExitStatusRetryAndMeaning() throws IOException {
    assertThat(documented())
        .containsExactlyElementsOf(
            Codes.all().stream()
                .map(c -> new Row(c.name(), c.exitStatus(), c.retryable(), c.meaning()))
                .toList());
  }

  @Test
  void everyConstantIsNamedAsItsCode() throws IllegalAccessException {
    var constants = new ArrayList<ErrorCode>();
    for (var field : Codes.class.getFields()) {
      var code = (ErrorCode) field.get(null);
      assertThat(code.name()).isEqualTo(field.getName());
      constants.add(code);
    }
    assertThat(Codes.all()).containsExactlyInAnyOrderElementsOf(constants);
  }

  @Test
  void findsCodesByName() {
    assertThat(Codes.find("REPO_LOCKED")).get().isSameAs(Codes.REPO_LOCKED);
    assertThat(Codes.find("ACME_DOWN")).isEmpty();
  }

  private static List<Row> documented() throws IOException {
    var rows = new ArrayList<Row>();
    for (var line : Files.readAllLines(PAGE)) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(
            new Row(
                row.group(1),
                Integer.parseInt(row.group(2)),
                row.group(3).equals("yes"),
                row.group(4).replace("`", "")));
      }
    }
    return rows;
  }
}
