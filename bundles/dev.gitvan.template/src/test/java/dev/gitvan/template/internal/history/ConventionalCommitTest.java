package dev.gitvan.template.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.template.internal.history.ConventionalCommit.Footer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the specification come first, then what its text requires, then Git's own. */
class ConventionalCommitTest {
  private static ConventionalCommit read(String message) {
    int end = message.indexOf("\n\n");
    return end < 0
        ? ConventionalCommit.of(message, "")
        : ConventionalCommit.of(message.substring(0, end), message.substring(end).strip());
  }

  private static Footer footer(String token, String value) {
    return new Footer(token, ": ", value);
  }

  @Test
  void descriptionAndBreakingChangeFooter() {
    var commit =
        read(
            """
            feat: allow provided config object to extend other configs

            BREAKING CHANGE: `extends` key in config file is now used for extending other config files
            """);
    assertThat(commit.type()).isEqualTo("feat");
    assertThat(commit.scope()).isEmpty();
    assertThat(commit.description())
        .isEqualTo("allow provided config object to extend other configs");
    assertThat(commit.breaking()).isTrue();
    assertThat(commit.breakingDescription())
        .isEqualTo("`extends` key in config file is now used for extending other config files")
        .isEqualTo(commit.footers().get(0).value());
  }

  @Test
  void exclamationMarkDrawsAttentionToBreakingChange() {
    var commit = read("feat!: send an email to the customer when a product is shipped");
    assertThat(commit.type()).isEqualTo("feat");
    assertThat(commit.breaking()).isTrue();
    assertThat(commit.breakingDescription())
        .isEqualTo("send an email to the customer when a product is shipped")
        .isEqualTo(commit.description());
  }

  @Test
  void scopeAndExclamationMark() {
    var commit = read("feat(api)!: send an email to the customer when a product is shipped");
    assertThat(commit.scope()).isEqualTo("api");
    assertThat(commit.breaking()).isTrue();
  }

  @Test
  void exclamationMarkAndFooter() {
    var commit =
        read(
            """
            feat!: drop support for Node 6

            BREAKING CHANGE: use JavaScript features not available in Node 6.
            """);
    assertThat(commit.description()).isEqualTo("drop support for Node 6");
    assertThat(commit.breakingDescription())
        .isEqualTo("use JavaScript features not available in Node 6.");
  }

  @Test
  void noBody() {
    var commit = read("docs: correct spelling of CHANGELOG");
    assertThat(commit)
        .isEqualTo(
            new ConventionalCommit(
                "docs", "", false, "", "correct spelling of CHANGELOG", java.util.List.of()));
  }

  @Test
  void scope() {
    var commit = read("feat(lang): add Polish language");
    assertThat(commit.type()).isEqualTo("feat");
    assertThat(commit.scope()).isEqualTo("lang");
    assertThat(commit.description()).isEqualTo("add Polish language");
    assertThat(commit.breaking()).isFalse();
    assertThat(commit.breakingDescription()).isEmpty();
  }

  @Test
  void severalParagraphsAndFooters() {
    var commit =
        read(
            """
            fix: prevent racing of requests

            Introduce a request id and a reference to latest request. Dismiss
            incoming responses other than from latest request.

            Remove timeouts which were used to mitigate the racing issue but are
            obsolete now.

            Reviewed-by: Z
            Refs: #123
            """);
    assertThat(commit.description()).isEqualTo("prevent racing of requests");
    assertThat(commit.footers())
        .containsExactly(footer("Reviewed-by", "Z"), footer("Refs", "#123"));
  }

  @Test
  void revertOfTheSpecification() {
    var commit =
        read(
            """
            revert: let us never again speak of the noodle incident

            Refs: 676104e, a215868
            """);
    assertThat(commit.type()).isEqualTo("revert");
    assertThat(commit.footers()).containsExactly(footer("Refs", "676104e, a215868"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Feat: x | feat | '' | false | x",
        "FIX(API)!: x | fix | API | true | x",
        "build(deps-dev): bump a from 1 to 2 | build | deps-dev | false | bump a from 1 to 2",
        "feat(a, b): x | feat | a, b | false | x",
        "feat(@scope/package)!: x | feat | @scope/package | true | x",
        "feat:   x: y! | feat | '' | false | x: y!",
        "größe: ändern | größe | '' | false | ändern",
        "user-story(x): y | user-story | x | false | y",
        "chore(release): 1.2.0 (#12) | chore | release | false | 1.2.0 (#12)",
      })
  void headers(String subject, String type, String scope, boolean breaking, String description) {
    var commit = ConventionalCommit.of(subject, "");
    assertThat(commit.type()).isEqualTo(type);
    assertThat(commit.scope()).isEqualTo(scope);
    assertThat(commit.breaking()).isEqualTo(breaking);
    assertThat(commit.description()).isEqualTo(description);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Add a thing",
        "feat:no space",
        "feat : x",
        "feat():x",
        "feat( ): x",
        "feat(a: x",
        "feat (a): x",
        "feat(a)(b): x",
        "feat!!: x",
        "two words: x",
        "https://example.org: moved",
        ": x",
        "fixup! feat: x",
        "squash! fix(a): x",
        "amend! fix: x",
        "Merge branch 'feat: x'",
        "Merge pull request #12 from a/feat",
        "Squashed commit of the following:",
        "",
      })
  void subjectsWithoutAType(String subject) {
    var commit = ConventionalCommit.of(subject, "");
    assertThat(commit.type()).isEmpty();
    assertThat(commit.scope()).isEmpty();
    assertThat(commit.description()).isEqualTo(subject);
    assertThat(commit.breaking()).isFalse();
  }

  @Test
  void aFootersValueGoesOnUntilTheNextFooter() {
    var commit =
        read(
            """
            feat(parser)!: read lists

            The body: it has a colon, but no blank line before it
            Reviewed-by: is in the middle of a paragraph

            BREAKING CHANGE: lists are read
              as they are written:

                - one
                - two
            Closes #12
            Co-authored-by: A <a@example.org>
            Co-authored-by: B <b@example.org>
            """);
    assertThat(commit.footers().stream().filter(Footer::isBreaking)).hasSize(1);
    assertThat(commit.breakingDescription())
        .isEqualTo("lists are read\nas they are written:\n\n  - one\n  - two");
    assertThat(commit.footers())
        .extracting(footer -> footer.token() + footer.separator() + footer.value())
        .endsWith(
            "Closes #12", "Co-authored-by: A <a@example.org>", "Co-authored-by: B <b@example.org>")
        .hasSize(4);
  }

  @Test
  void theHyphenatedTokenIsASynonymAndItsCaseMatters() {
    assertThat(read("fix: a\n\nBREAKING-CHANGE: b").breakingDescription()).isEqualTo("b");
    assertThat(read("fix: a\n\nBreaking-Change: b").breaking()).isFalse();
    assertThat(read("fix: a\n\nbreaking change: b").breaking()).isFalse();
    assertThat(read("fix: a\n\nthe BREAKING CHANGE: b").breaking()).isFalse();
  }

  @Test
  void aMessageWithoutATypeCanBreakThingsToo() {
    var commit = read("Remove the old API\n\nBREAKING CHANGE: it is gone");
    assertThat(commit.type()).isEmpty();
    assertThat(commit.breakingDescription()).isEqualTo("it is gone");
  }

  @Test
  void lineEndsOfAnyKind() {
    var commit = ConventionalCommit.of("fix: a", "Text.\r\n\r\nRefs: #1\r\n  #2\r\nFixes #3");
    assertThat(commit.footers())
        .containsExactly(footer("Refs", "#1\n#2"), new Footer("Fixes", " #", "3"));
  }

  @Test
  void gitsOwnReverts() {
    var commit = read("Revert \"feat(api): add x\"\n\nThis reverts commit 0123456789abcdef.");
    assertThat(commit.type()).isEqualTo("revert");
    assertThat(commit.description()).isEqualTo("feat(api): add x");
    assertThat(read("Revert \"x\"").type()).isEmpty();
    assertThat(read("Revert to the old colours").type()).isEmpty();
  }

  @Test
  void squashedMessages() {
    var forge =
        read(
            """
            feat(ui): add a switch (#42)

            * feat(ui): add a switch

            * fix: typo

            ---------

            Co-authored-by: B <b@example.org>
            """);
    assertThat(forge.description()).isEqualTo("add a switch (#42)");
    assertThat(forge.footers()).containsExactly(footer("Co-authored-by", "B <b@example.org>"));
    var git =
        read(
            """
            Squashed commit of the following:

            commit 0123456789abcdef
            Author: A <a@example.org>
            Date:   Tue Dec 1 00:00:00 2026 +0000

                feat!: x

                BREAKING CHANGE: y
            """);
    assertThat(git.type()).isEmpty();
    assertThat(git.breaking()).isFalse();
    assertThat(git.footers()).isEmpty();
  }

  @Test
  void mergesCanHaveAType() {
    assertThat(read("feat: merge the parser").type()).isEqualTo("feat");
    assertThat(read("Merge pull request #1 from a/b\n\nfeat: x").type()).isEmpty();
  }
}
