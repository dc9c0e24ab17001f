package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates that are wrong or hostile, and outputs that must not be written. */
class BadTemplatesIT {
  @TempDir Path directory;

  static Stream<Refusal> templates() {
    return Stream.of(
        Refusal.of("unclosed if")
            .template("one\n{% if inputs %}\ntwo\n")
            .gives("TEMPLATE_SYNTAX")
            .at("t\\.peb:\\d+.*"),
        Refusal.of("undefined variable")
            .template("one\n{{ nobody }}\n")
            .gives("TEMPLATE_UNDEFINED")
            .at("t\\.peb:2.*")
            .saying("nobody"),
        Refusal.of("undefined attribute")
            .template("{{ git.brunch }}\n")
            .gives("TEMPLATE_UNDEFINED")
            .at("t\\.peb:1.*")
            .saying("brunch"),
        Refusal.of("an inline if, as Jinja has it")
            .template("one\n{{ \"a\" if inputs else \"b\" }}\n")
            .gives("TEMPLATE_SYNTAX")
            .at("t\\.peb:2.*")
            .saying("Write condition ? a : b."),
        Refusal.of("a date format of strftime")
            .template("{{ now | date(\"%Y-%m-%d\") }}\n")
            .gives("TEMPLATE_FAILED")
            .at("t\\.peb:1.*")
            .saying("is a format of strftime", "Write \"yyyy-MM-dd\"."),
        Refusal.of("a template that imports itself")
            .template("{% import \"t.peb\" %}\n")
            .gives("TEMPLATE_DEPTH")
            .at("t\\.peb:1.*"),
        Refusal.of("no such template")
            .job("steps:\n  - { template: tt.peb, to: out.md }\n")
            .gives("TEMPLATE_NOT_FOUND")
            .saying("t.peb"),
        Refusal.of("include of an absolute path")
            .template("{% include \"/etc/passwd\" %}")
            .gives("TEMPLATE_OUTSIDE_ROOT")
            .at("t\\.peb:1.*"),
        Refusal.of("include of a path above the worktree")
            .template("{% include \"../../../outside.txt\" %}")
            .file("../outside.txt", "secret")
            .gives("TEMPLATE_OUTSIDE_ROOT")
            .at("t\\.peb:1.*"),
        Refusal.of("include through a symbolic link")
            .template("one\n{% include \"link.peb\" %}")
            .link(".gitvan/templates/link.peb", "/etc/passwd")
            .gives("TEMPLATE_OUTSIDE_ROOT")
            .at("t\\.peb:2.*"),
        Refusal.of("a template that is a symbolic link")
            .link(".gitvan/templates/link.peb", "/etc/passwd")
            .when("template", "render", "link.peb")
            .gives("TEMPLATE_OUTSIDE_ROOT"),
        Refusal.of("getClass")
            .template("{{ inputs.getClass() }}\n")
            .gives("TEMPLATE_METHOD_DENIED")
            .at("t\\.peb:1.*")
            .saying("getClass"),
        Refusal.of("getClass of a string")
            .template("{{ \"\".getClass().forName(\"java.lang.Runtime\") }}\n")
            .gives("TEMPLATE_METHOD_DENIED")
            .at("t\\.peb:1.*"),
        Refusal.of("class as a property of a commit")
            .template("{% for c in git.commits %}{{ c.class.classLoader }}{% endfor %}\n")
            .gives("TEMPLATE_UNDEFINED")
            .at("t\\.peb:1.*"),
        Refusal.of("huge range")
            .template("{% for i in range(0, 999999999) %}x{% endfor %}\n")
            .gives("TEMPLATE_RANGE_LIMIT")
            .at("t\\.peb:1.*")
            .saying("10,000", "templates.max-range"),
        Refusal.of("loops in loops that write nothing")
            .template(
                "{% for i in range(1, 9999) %}{% for j in range(1, 9999) %}"
                    + "{% for k in range(1, 9999) %}{% endfor %}{% endfor %}{% endfor %}\n")
            .gives("TEMPLATE_RANGE_LIMIT")
            .at("t\\.peb:1.*")
            .saying("10,000,000", "templates.max-range"),
        Refusal.of("macro bomb that writes nothing")
            .template(
                "{% macro m(n) %}{% if n > 0 %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}"
                    + "{{ m(40) }}\n")
            .gives("TEMPLATE_RANGE_LIMIT")
            .at("t\\.peb:1.*")
            .saying("templates.max-range"),
        Refusal.of("macro bomb")
            .template(macroBomb(40))
            .gives("TEMPLATE_OUTPUT_LIMIT")
            .at("t\\.peb.*")
            .saying("64", "templates.max-output"),
        Refusal.of("a limit that the repository set")
            .file("gitvan.yaml", "templates: { max-output: 1KiB }\n")
            .template(
                "{% for i in range(0, 99) %}0123456789012345678901234567890123456789{% endfor %}")
            .gives("TEMPLATE_OUTPUT_LIMIT")
            .saying("1"),
        Refusal.of("template that includes itself")
            .template("x{% include \"t.peb\" %}")
            .gives("TEMPLATE_DEPTH")
            .at("t\\.peb:1.*")
            .saying("t.peb > t.peb"),
        Refusal.of("macro that calls itself")
            .template("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")
            .gives("TEMPLATE_DEPTH")
            .at("t\\.peb:1.*"),
        Refusal.of("output above the worktree")
            .job("steps:\n  - { template: t.peb, to: ../outside.md }\n")
            .gives("OUTPUT_FORBIDDEN_PATH")
            .saying("../outside.md"),
        Refusal.of("absolute output")
            .job("steps:\n  - { template: t.peb, to: /tmp/gitvan-itests-outside.md }\n")
            .gives("OUTPUT_FORBIDDEN_PATH"),
        Refusal.of("output into the Git directory from above")
            .job("steps:\n  - { template: t.peb, to: ../.git/hooks/pre-commit }\n")
            .gives("OUTPUT_FORBIDDEN_PATH"),
        Refusal.of("output into the Git directory")
            .job("steps:\n  - { template: t.peb, to: .git/hooks/pre-commit }\n")
            .gives("OUTPUT_FORBIDDEN_PATH"),
        Refusal.of("output into the Git directory, as other file systems spell it")
            .job("steps:\n  - { template: t.peb, to: .GIT/config }\n")
            .gives("OUTPUT_FORBIDDEN_PATH"),
        Refusal.of("output into the Git directory, as Windows shortens it")
            .job("steps:\n  - { template: t.peb, to: GIT~1/config }\n")
            .gives("OUTPUT_FORBIDDEN_PATH"),
        Refusal.of("output into the Git directory of a nested repository")
            .job("steps:\n  - { template: t.peb, to: vendor/lib/.git/config }\n")
            .gives("OUTPUT_FORBIDDEN_PATH"),
        Refusal.of("output onto a symbolic link")
            .job("steps:\n  - { template: t.peb, to: out.md }\n")
            .link("out.md", "README.md")
            .gives("OUTPUT_SYMLINK")
            .saying("out.md"),
        Refusal.of("output through a symbolic link")
            .job("steps:\n  - { template: t.peb, to: docs/out.md }\n")
            .given(r -> r.link("docs", r.root().getParent().toString()))
            .gives("OUTPUT_SYMLINK")
            .saying("docs"),
        Refusal.of("output onto a directory")
            .job("steps:\n  - { template: t.peb, to: docs }\n")
            .file("docs/page.md", "page\n")
            .gives("OUTPUT_NOT_A_FILE")
            .saying("docs"),
        Refusal.of("a file where the output needs a folder")
            .job("steps:\n  - { template: t.peb, to: docs/page.md }\n")
            .file("docs", "a file\n")
            .gives("OUTPUT_NOT_A_FILE")
            .saying("docs"),
        Refusal.of("output with a name that is not there when it is rendered")
            .job("steps:\n  - { template: t.peb, to: \"{{ nobody }}.md\" }\n")
            .gives("TEMPLATE_UNDEFINED")
            .at("\\.gitvan/jobs/j\\.yaml:2.*|j.*"));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void isRefused(Refusal refusal) {
    refusal.whileRunning().check(directory);
  }

  /** What is wrong in a dry run is the same, and leaves even less. */
  @Test
  void dryRunRefusesTheSame() {
    var repository = Repository.withOneCommit(directory);
    repository.template("t.peb", "text\n");
    repository.job("j", "steps:\n  - { template: t.peb, to: .git/hooks/pre-commit }\n");
    var before = repository.state();
    repository.run("-q", "run", "j", "--dry-run").refused("OUTPUT_FORBIDDEN_PATH");
    before.assertUntouched();
  }

  /** {@code template check} reports every error at once, one line each. */
  @Test
  void checkTellsAll() {
    var repository = Repository.withOneCommit(directory);
    repository.template("good.peb", "fine\n");
    repository.template("bad.peb", "\n{% if %}\n");
    repository.template("worse.peb", "{{ x | nosuchfilter }}\n");
    var outcome = repository.run("template", "check");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out() + outcome.err())
        .contains("TEMPLATE_SYNTAX bad.peb:2", "worse.peb:1")
        .doesNotContain("good.peb:");
  }

  private static String macroBomb(int levels) {
    var template = new StringBuilder("{% macro m0() %}xxxxxxxx{% endmacro %}\n");
    for (int i = 1; i <= levels; i++) {
      template.append(
          "{%% macro m%d() %%}{{ m%d() }}{{ m%d() }}{%% endmacro %%}\n".formatted(i, i - 1, i - 1));
    }
    return template.append("{{ m%d() }}\n".formatted(levels)).toString();
  }
}
