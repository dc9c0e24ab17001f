package dev.gitvan.template.internal;

import static dev.gitvan.template.internal.TemplatesFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.job.Artifact;
import dev.gitvan.template.PlanResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
  @TempDir Path directory;
  private TemplatesFixture fixture;

  @BeforeEach
  void repository() {
    fixture = new TemplatesFixture(directory);
    fixture.git.commit("README.md", "# Example\n", "Initial commit");
  }

  private PlanResult plan(String frontMatter, String text, Map<String, ?> data) {
    fixture.template("t.peb", "---\n" + frontMatter + "---\n" + text);
    return fixture.open().plan("t.peb", data);
  }

  private PlanResult apply(String frontMatter, String text, Map<String, ?> data) {
    fixture.template("t.peb", "---\n" + frontMatter + "---\n" + text);
    return fixture.open().apply("t.peb", data);
  }

  private static List<String> actions(PlanResult result) {
    return result.changes().stream().map(c -> c.action() + " " + c.path()).toList();
  }

  @Test
  void theOutputIsWrittenWhereThePlanSays() {
    var result = apply("to: site/{{ name }}.md\n", "Hello {{ name }}\n", Map.of("name", "x"));

    assertThat(actions(result)).containsExactly("created site/x.md");
    assertThat(fixture.git.read("site/x.md")).isEqualTo("Hello x\n");
    assertThat(result.changes().get(0).artifact())
        .contains(
            new Artifact("site/x.md", Sha256.hex("Hello x\n".getBytes(StandardCharsets.UTF_8)), 8));
    assertThat(result.changes().get(0).diff()).isEmpty();
    assertThat(actions(fixture.open().apply("t.peb", Map.of("name", "x"))))
        .containsExactly("unchanged site/x.md");
  }

  /** As some editors save files. */
  @Test
  void aByteOrderMarkIsPartOfNeitherFrontMatterNorOutput() {
    fixture.template("t.peb", "\ufeff---\nto: out.txt\n---\nbody\n");
    fixture.template("plain.peb", "\ufeffbody\n");

    var templates = fixture.open();
    assertThat(actions(templates.apply("t.peb", Map.of()))).containsExactly("created out.txt");
    assertThat(fixture.git.read("out.txt")).isEqualTo("body\n");
    assertThat(templates.render("t.peb", Map.of())).isEqualTo("body\n");
    assertThat(templates.render("plain.peb", Map.of())).isEqualTo("body\n");
  }

  @Test
  void aPlanIsShownAsAPatchThatGitTakesAndTouchesNothing() {
    fixture.git.write("a.txt", "1\n2\n3\n");
    fixture.git.write("b.txt", "one\nmark\ntwo");
    fixture.git.git("add", "-A");
    fixture.git.git("commit", "-qm", "files");
    var frontMatter =
        """
        to: [ new/c.txt, a.txt ]
        force: append
        inject: { into: b.txt, after: mark }
        """;
    var result = plan(frontMatter, "{{ x }}\n", Map.of("x", "text"));

    assertThat(fixture.status()).isEmpty();
    assertThat(actions(result))
        .containsExactly("created new/c.txt", "appended a.txt", "injected b.txt");
    var patch = new StringBuilder();
    result.changes().forEach(change -> patch.append(change.diff()));
    fixture.git.write("../plan.patch", patch.toString());
    fixture.git.git("apply", "../plan.patch");
    var patched =
        List.of(
            fixture.git.read("new/c.txt"), fixture.git.read("a.txt"), fixture.git.read("b.txt"));
    fixture.git.git("checkout", "-q", "--", "a.txt", "b.txt");
    fixture.git.git("clean", "-qfd", "new");

    apply(frontMatter, "{{ x }}\n", Map.of("x", "text"));

    assertThat(
            List.of(
                fixture.git.read("new/c.txt"),
                fixture.git.read("a.txt"),
                fixture.git.read("b.txt")))
        .isEqualTo(patched)
        .containsExactly("text\n", "1\n2\n3\ntext\n", "one\nmark\ntext\ntwo");
    assertThat(actions(fixture.open().plan("t.peb", Map.of("x", "text"))))
        .containsExactly("unchanged new/c.txt", "unchanged a.txt", "unchanged b.txt");
  }

  @Test
  void theDataOfTheFrontMatterStandsInForWhatIsNotGiven() {
    var frontMatter = "to: '{{ name }}.md'\nwhen: title != \"none\"\ndata: { name: n, title: T }\n";

    assertThat(actions(apply(frontMatter, "{{ title }}", Map.of())))
        .containsExactly("created n.md");
    assertThat(fixture.git.read("n.md")).isEqualTo("T");
    assertThat(actions(apply(frontMatter, "{{ title }}", Map.of("name", "m", "title", "U"))))
        .containsExactly("created m.md");
    assertThat(fixture.git.read("m.md")).isEqualTo("U");
    assertThat(fixture.open().render("t.peb", Map.of("title", "V"))).isEqualTo("V");
  }

  @Test
  void aPlanThatDoesNotHoldIsSkipped() {
    var result = apply("to: '{{ nobody }}'\nwhen: \"false\"\n", "{{ nobody }}", Map.of());

    assertThat(result.skipped()).isEqualTo("when: false");
    assertThat(result.changes()).isEmpty();
    assertThat(plan("to: a\nwhen: n > 2\n", "", Map.of("n", 3L)).skipped()).isEmpty();
    assertThat(plan("to: a\nwhen: false\n", "", Map.of()).skipped()).isEqualTo("when: false");
  }

  @Test
  void aFileThatIsThereIsAnErrorUnlessItHasTheContent() {
    fixture.git.write("a.md", "old\n");

    assertThat(failure(() -> apply("to: [new.md, a.md]\n", "text\n", Map.of())))
        .hasMessage(
            "OUTPUT_EXISTS t.peb:2:14: a.md already exists with different content. Set force to"
                + " overwrite, append, skip or merge, or remove the file.");
    assertThat(fixture.git.read("a.md")).isEqualTo("old\n");
    assertThat(fixture.path("new.md")).doesNotExist();
    assertThat(failure(() -> plan("to: a.md\nforce: error\n", "text\n", Map.of())).code())
        .isEqualTo(Codes.OUTPUT_EXISTS);
    assertThat(actions(apply("to: a.md\n", "old\n", Map.of()))).containsExactly("unchanged a.md");
  }

  @Test
  void forceMergeKeepsWhatPeopleWroteInAChangelog() {
    var text = "# Changelog\n\n## Unreleased\n\n- {{ x }}\n";
    assertThat(actions(apply("to: a.md\nforce: merge\n", text, Map.of("x", "one"))))
        .containsExactly("created a.md");
    var mine = fixture.git.read("a.md") + "\n## 1.0.0\n\n- mine\n";
    fixture.git.write("a.md", mine);
    assertThat(actions(apply("to: a.md\nforce: merge\n", text, Map.of("x", "one"))))
        .containsExactly("unchanged a.md");
    var shown = plan("to: a.md\nforce: merge\n", text, Map.of("x", "two"));
    assertThat(shown.changes().get(0).diff()).contains("-- one\n+- two\n");
    assertThat(actions(apply("to: a.md\nforce: merge\n", text, Map.of("x", "two"))))
        .containsExactly("updated a.md");
    assertThat(fixture.git.read("a.md")).isEqualTo(mine.replace("- one", "- two"));
  }

  @Test
  void whatCannotBeMergedIsRefused() {
    assertThat(failure(() -> apply("to: a.md\nforce: merge\n", "text\n", Map.of())))
        .hasMessage(
            "TEMPLATE_FAILED t.peb:2:5: the output has no section of a changelog. Write a heading"
                + " such as ## Unreleased or ## 1.2.0, or another value of force.");
    assertThat(
            failure(
                () -> apply("to: a.md\nforce: merge\n", "# A\n\n## next\n\n## 1.0\n", Map.of())))
        .hasMessageContaining("the first section of the changelog, \"## next\", has no version.");
    var twice = "## 1.2.0\n\n- x\n\n## 1.2.0\n\n- y\n";
    assertThat(failure(() -> apply("to: a.md\nforce: merge\n", twice, Map.of())))
        .hasMessage(
            "REF_EXISTS t.peb:2:5: 1.2.0 has been released: it has a tag. Choose the next"
                + " version.");
    fixture.git.write("a.md", "## Unreleased\n\n<!-- gitvan:end -->\n");
    assertThat(failure(() -> apply("to: a.md\nforce: merge\n", "## Unreleased\n", Map.of())).code())
        .isEqualTo(Codes.OUTPUT_MARKER_NOT_FOUND);
    assertThat(fixture.git.read("a.md")).isEqualTo("## Unreleased\n\n<!-- gitvan:end -->\n");
  }

  @Test
  void forceOverwriteReplacesAndKeepsTheMode() throws IOException {
    fixture.git.write("a.sh", "old\n");
    Files.setPosixFilePermissions(
        fixture.path("a.sh"), PosixFilePermissions.fromString("rwxr-x---"));

    assertThat(actions(apply("to: a.sh\nforce: overwrite\n", "new\n", Map.of())))
        .containsExactly("updated a.sh");
    assertThat(fixture.git.read("a.sh")).isEqualTo("new\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.path("a.sh"))))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void forceSkipLeavesAlone() {
    fixture.git.write("a.md", "old\n");

    assertThat(actions(apply("to: [a.md, b.md]\nforce: skip\n", "{{ x }}", Map.of("x", "y"))))
        .containsExactly("skipped a.md", "created b.md");
    assertThat(fixture.git.read("a.md")).isEqualTo("old\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "old;     | text;  | old;text;",
        "old      | text;  | old;text;",
        "old;text | ext    | old;text",
        "\"\"     | text;  | text;",
        "old;     | \"\"   | old;",
        "abtext;  | text;  | abtext;",
      })
  void forceAppendAddsAtTheEndOnce(String before, String text, String after) {
    fixture.git.write("log.txt", before.replace(';', '\n'));
    var frontMatter = "to: log.txt\nforce: append\n";

    apply(frontMatter, text.replace(';', '\n'), Map.of());
    assertThat(fixture.git.read("log.txt")).isEqualTo(after.replace(';', '\n'));
    assertThat(actions(apply(frontMatter, text.replace(';', '\n'), Map.of())))
        .containsExactly("unchanged log.txt");
    assertThat(fixture.git.read("log.txt")).isEqualTo(after.replace(';', '\n'));
  }

  @Test
  void injectionsIntoOneFileAddUp() {
    fixture.git.write("index.ts", "// imports\n\n// routes\n// end\n");
    var frontMatter =
        """
        inject:
          - { into: index.ts, after: "// imports" }
          - { into: index.ts, between: ["// routes", "// end"] }
        """;

    assertThat(actions(apply(frontMatter, "{{ x }}();\n", Map.of("x", "f"))))
        .containsExactly("injected index.ts");
    assertThat(fixture.git.read("index.ts"))
        .isEqualTo("// imports\nf();\n\n// routes\nf();\n// end\n");
    assertThat(actions(apply(frontMatter, "{{ x }}();\n", Map.of("x", "f"))))
        .containsExactly("unchanged index.ts");
  }

  @Test
  void markersAndPathsAreTemplates() {
    fixture.git.write("f.txt", "# A\n# B\n");

    apply("inject: { into: '{{ f }}.txt', after: '# {{ m }}' }\n", "x", Map.of("f", "f", "m", "A"));
    assertThat(fixture.git.read("f.txt")).isEqualTo("# A\nx\n# B\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "to: ../x | OUTPUT_FORBIDDEN_PATH t.peb:2:5: ../x: ",
        "to: .GIT/config | OUTPUT_FORBIDDEN_PATH t.peb:2:5: .GIT/config: ",
        "inject: { into: .git/config, after: core } | OUTPUT_FORBIDDEN_PATH t.peb:2:17: .git/config",
        "to: \"b\\ud83d\" | OUTPUT_FORBIDDEN_PATH t.peb:2:5: b\ud83d: an output path must be valid"
            + " Unicode",
        "to: folder | OUTPUT_NOT_A_FILE t.peb:2:5: folder: ",
        "to: link.md | OUTPUT_SYMLINK t.peb:2:5: link.md: ",
        "to: '{{ nobody }}' | TEMPLATE_UNDEFINED t.peb:2:5: nobody is not defined",
        "to: '{% if %}' | TEMPLATE_SYNTAX t.peb:2:5: ",
        "to: '{{ empty }}' | CONFIG_REQUIRED t.peb:2:5: to is empty after rendering",
        "to: [a, ./a] | OUTPUT_DUPLICATE t.peb:2:9: to names a twice",
        "{ to: a, when: nobody > 1 } | TEMPLATE_UNDEFINED t.peb:2:16: nobody is not defined",
        "inject: { into: none.md, after: x } | OUTPUT_NOT_FOUND t.peb:2:17: there is no file none.md"
            + " to inject into",
        "inject: { into: README.md, after: 'x{{ y }}z' } | OUTPUT_MARKER_NOT_FOUND t.peb:2:35: no line"
            + " of README.md has the marker \"xYz\"",
        "inject: { into: README.md, between: [Exam, none] } | OUTPUT_MARKER_NOT_FOUND t.peb:2:44: no",
        "data: {} | TEMPLATE_NO_PLAN t.peb: its front matter has neither to nor inject",
        "{ to: a, unless_exists: true } | CONFIG_UNKNOWN_KEY t.peb:2:10: there is no key"
            + " unless_exists in a template's front matter. Write force: skip.",
        "{ inject: { into: README.md, after: E }, skip_if: x } | CONFIG_UNKNOWN_KEY t.peb:2:42:",
        "to: 'src/<%= name %>.js' | CONFIG_RANGE t.peb:2:5: to has <% %>, which is EJS",
        "tos: a | CONFIG_UNKNOWN_KEY t.peb:2:1: there is no key tos",
      })
  void whatIsWrongIsSaidWhereItIsWrittenAndChangesNothing(String frontMatter, String message)
      throws IOException {
    Files.createDirectories(fixture.path("folder"));
    Files.createSymbolicLink(fixture.path("link.md"), Path.of("README.md"));
    var before = fixture.status();
    Map<String, Object> data = Map.of("y", "Y", "empty", " ");

    assertThat(failure(() -> plan(frontMatter + "\n", "text\n", data)).getMessage())
        .contains(message);
    assertThat(failure(() -> apply(frontMatter + "\n", "text\n", data)).getMessage())
        .contains(message);
    assertThat(fixture.status()).isEqualTo(before);
    assertThat(fixture.git.read("README.md")).isEqualTo("# Example\n");
  }

  @Test
  void aTemplateWithoutFrontMatterHasNoPlan() {
    fixture.template("t.peb", "text\n");
    fixture.template("u.peb", "---\nto: a\ntext\n");

    assertThat(fixture.open().hasPlan("t.peb")).isFalse();
    assertThat(failure(() -> fixture.open().plan("t.peb", Map.of())).getMessage())
        .startsWith("TEMPLATE_NO_PLAN t.peb: its front matter has neither to nor inject");
    assertThat(failure(() -> fixture.open().apply("u.peb", Map.of())).getMessage())
        .startsWith("TEMPLATE_NO_PLAN u.peb: its front matter is not closed");
    assertThat(failure(() -> fixture.open().plan("none.peb", Map.of())).code())
        .isEqualTo(Codes.TEMPLATE_NOT_FOUND);
  }

  @Test
  void linesAreCountedFromTheFilesBeginning() {
    var text = "---\ndata: { a: 1 }\n---\n{{ a }}\n{{ nobody }}\n";
    fixture.template("t.peb", text);
    assertThat(failure(() -> fixture.open().render("t.peb", Map.of())).problem().place())
        .isEqualTo("t.peb:5");
    fixture.template("t.peb", "---\n---\n\n{% if x %}\n");
    assertThat(fixture.open().check("t.peb")).extracting(p -> p.place()).containsExactly("t.peb:4");
    fixture.template("t.peb", "---\n---\n{{ x }}\n\n{{ y\n");
    assertThat(fixture.open().check("t.peb")).extracting(p -> p.place()).containsExactly("t.peb:5");
  }

  @Test
  void frontMatterIsNoPartOfTheOutput() {
    fixture.template(
        "outer.peb", "---\n---\n---\ntitle: {{ t }}\n---\n{% include \"inner.peb\" %}|");
    fixture.template("inner.peb", "---\ndata: { t: other }\n---\ninner {{ t }}");

    assertThat(fixture.open().render("outer.peb", Map.of("t", "x")))
        .isEqualTo("---\ntitle: x\n---\ninner x|");
  }

  @Test
  void frontMatterIsReadAgainWhenTheFileChanges() {
    var set = fixture.open();
    for (int i = 0; i < 20; i++) {
      fixture.template("t.peb", "---\ndata: { a: " + i % 10 + " }\n---\n{{ a }}");
      assertThat(set.render("t.peb", Map.of())).isEqualTo("" + i % 10);
    }
  }

  @Test
  void wrongFrontMatterIsAnErrorOfEveryRendering() {
    fixture.template("t.peb", "---\nto: 1\n---\ntext");
    fixture.template("u.peb", "{% include \"t.peb\" %}");

    assertThat(failure(() -> fixture.open().render("t.peb", Map.of())).code())
        .isEqualTo(Codes.CONFIG_TYPE);
    assertThat(failure(() -> fixture.open().write("t.peb", Map.of(), "a")).code())
        .isEqualTo(Codes.CONFIG_TYPE);
    assertThat(fixture.open().render("u.peb", Map.of())).isEqualTo("text");
  }
}
