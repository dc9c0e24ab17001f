package dev.gitvan.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CodesTest {
  private static final Path PAGE = Path.of("../../docs/errors.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `(\\w+)` \\| (\\d+) \\| [^|]+ \\| [^|]+ \\|");

  @Test
  void everyCodeIsDocumentedWithItsExitStatus() throws IOException, IllegalAccessException {
    var expected = new TreeMap<String, Integer>();
    for (var field : Codes.class.getFields()) {
      var code = (String) field.get(null);
      assertThat(code).isEqualTo(field.getName());
      expected.put(code, ExitStatus.of(code));
    }
    assertThat(documented()).isEqualTo(expected);
  }

  private static Map<String, Integer> documented() throws IOException {
    var rows = new TreeMap<String, Integer>();
    for (var line : Files.readAllLines(PAGE)) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        assertThat(rows.put(row.group(1), Integer.valueOf(row.group(2)))).as(line).isNull();
      }
    }
    return rows;
  }
}
