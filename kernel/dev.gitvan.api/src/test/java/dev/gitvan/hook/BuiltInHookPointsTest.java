package dev.gitvan.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.document.ValueField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInHookPointsTest {
  private static HookPoint point(String name) {
    return BuiltInHookPoints.find(name).orElseThrow();
  }

  @Test
  void everyPointIsFoundByItsName() {
    assertThat(BuiltInHookPoints.all())
        .hasSameSizeAs(BuiltInHookPoints.names())
        .allSatisfy(point -> assertThat(BuiltInHookPoints.find(point.name())).contains(point));
    assertThat(BuiltInHookPoints.find("pre-comit")).isEmpty();
  }

  /** The hooks that the manual of the installed Git describes are points, whatever its version. */
  @Test
  void gitsManualDescribesNoOtherHook() throws Exception {
    var manual = manual();
    Assumptions.assumeFalse(manual.isEmpty(), "Git's manual is not installed");
    var hooks = manual.substring(manual.indexOf("\nHOOKS"), manual.indexOf("\nSEE ALSO"));
    var described = new TreeSet<String>();
    var names = Pattern.compile("(?m)^ {3}([a-z0-9-]+)$").matcher(hooks);
    while (names.find()) {
      described.add(names.group(1));
    }
    assertThat(described).hasSizeGreaterThan(20);
    assertThat(BuiltInHookPoints.gitNames()).containsAll(described);
  }

  private static String manual() throws Exception {
    try {
      var builder = new ProcessBuilder("man", "githooks").redirectErrorStream(true);
      builder.environment().putAll(Map.of("MANPAGER", "cat", "MANWIDTH", "120", "LC_ALL", "C"));
      builder.environment().put("GROFF_NO_SGR", "1");
      var process = builder.start();
      process.getOutputStream().close();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      // Bold and underlined characters are overstruck.
      return process.waitFor() == 0 ? text.replaceAll(".\b", "") : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** As githooks(5) says: whether a status other than 0 stops the command. */
  @ParameterizedTest
  @CsvSource({
    "applypatch-msg, true",
    "pre-applypatch, true",
    "post-applypatch, false",
    "pre-commit, true",
    "pre-merge-commit, true",
    "prepare-commit-msg, true",
    "commit-msg, true",
    "post-commit, false",
    "pre-rebase, true",
    "post-checkout, false",
    "post-merge, false",
    "pre-push, true",
    "pre-receive, true",
    "update, true",
    "proc-receive, true",
    "post-receive, false",
    "post-update, false",
    "push-to-checkout, true",
    "pre-auto-gc, true",
    "post-rewrite, false",
    "sendemail-validate, true",
    "fsmonitor-watchman, false",
    "p4-changelist, true",
    "p4-prepare-changelist, true",
    "p4-post-changelist, false",
    "p4-pre-submit, true",
    "post-index-change, false",
    "job:before, true",
    "job:after, false",
    "job:error, false"
  })
  void gatesAreThosePointsThatCanStopTheCommand(String name, boolean gate) {
    assertThat(point(name).gate().isClosable(Map.of())).isEqualTo(gate);
  }

  @ParameterizedTest
  @CsvSource({"preparing, true", "prepared, true", "committed, false", "aborted, false"})
  void referenceTransactionIsAGateUntilItIsPrepared(String state, boolean gate) {
    var data = Map.<String, Object>of("state", state, "updates", List.of());
    var point = point("reference-transaction");
    assertThat(point.gate().isClosable(data)).isEqualTo(gate);
    assertThat(point.mismatches(data)).isEmpty();
  }

  @Test
  void dataAreGitsArgumentsInTheirOrder() {
    assertThat(point("update").data())
        .extracting(ValueField::name)
        .containsExactly("ref", "oldId", "newId");
    assertThat(point("prepare-commit-msg").data())
        .extracting(ValueField::required)
        .containsExactly(true, false, false);
  }

  @Test
  void mismatchesNameWhatDoesNotAgree() {
    assertThat(
            point("post-checkout")
                .mismatches(Map.of("oldHead", "a", "newhead", "b", "branchCheckout", "1")))
        .containsExactly(
            "newHead is missing",
            "branchCheckout must be a boolean",
            "newhead is not known. Did you mean newHead?");
  }

  @Test
  void namesOfPluginsPointsHaveAColon() {
    for (var name : Set.of("release:before", "a:b:c", "my-tool:x2")) {
      assertThat(HookPoint.isExtensionName(name)).as(name).isTrue();
    }
    for (var name : Set.of("pre-commit", "", ":", "a:", "A:b", "a b:c")) {
      assertThat(HookPoint.isExtensionName(name)).as(name).isFalse();
    }
  }

  @Test
  void theDocumentationHasEveryPoint() throws IOException {
    assertThat(Files.readString(Path.of("../../docs/hooks.md")))
        .contains(BuiltInHookPoints.all().stream().map(BuiltInHookPointsTest::row).toList());
  }

  private static String row(HookPoint point) {
    var gate = point.gate() == Gate.ALWAYS ? "yes" : "no";
    if (point.gate() instanceof Gate.When when) {
      var values = String.join(" or ", new TreeSet<>(when.values()));
      gate = "while `" + when.field() + "` is " + values;
    }
    var data =
        point.data().stream()
            .map(field -> "`" + field.name() + (field.required() ? "`" : "`?"))
            .collect(Collectors.joining(" "));
    return "| `%s` | %s | %s | %s |".formatted(point.name(), point.description(), gate, data);
  }
}
