package dev.gitvan.jobs.file.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellScriptTest {
  @Test
  void aPlaceholderIsAllParameters() {
    assertThat(
            new ShellScript("lint {files} '{files}' \"{files}\" ${x} {y}")
                .command("/bin/sh", Map.of("files", List.of("a b", "-c"))))
        .containsExactly(
            "/bin/sh", "-c", "lint \"$@\" \"$@\" \"$@\" ${x} {y}", "gitvan", "a b", "./-c");
  }

  @Test
  void severalAreParts() {
    var files = new LinkedHashMap<String, List<String>>();
    files.put("staged_files", List.of("a", "b"));
    files.put("files", List.of("c"));
    assertThat(new ShellScript("x {files} {staged_files}").command("sh", files))
        .containsExactly("sh", "-c", "x \"${3}\" \"${1}\" \"${2}\"", "gitvan", "a", "b", "c");
  }

  @Test
  void noPlaceholderIsLeftAlone() {
    assertThat(new ShellScript("awk '{print $1}'").command("sh", Map.of()))
        .containsExactly("sh", "-c", "awk '{print $1}'", "gitvan");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sh -c 'x {files}'",
        "sh -c \"x {files}\"",
        "echo \"a \\\" {files}\"",
        "echo it\\'s 'a {all_files} b'",
      })
  void insideQuotesIsSeen(String script) {
    assertThat(new ShellScript(script).hasQuotedPlaceholder()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x {files}",
        "x '{files}' \"{files}\"",
        "echo 'a' {files} \"b\"",
        "echo \\\" {files}",
        "awk '{print}' {files}",
      })
  void outsideIsFine(String script) {
    assertThat(new ShellScript(script).hasQuotedPlaceholder()).isFalse();
  }
}
