package dev.gitvan.template.internal.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gitvan.template.internal.history.ChangelogMerge.MergeException;
import dev.gitvan.template.internal.history.ChangelogMerge.Reason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangelogMergeTest {
  private static final String BEGIN =
      "<!-- gitvan:begin (rewritten by each run: write your own entries above this line) -->\n\n";
  private static final String END = "\n<!-- gitvan:end -->\n";

  /** What a template prints in a repository with two releases. */
  private static final String OUTPUT =
      """
      # Changelog

      ## [Unreleased]

      ### Added

      - new

      ## [1.1.0] - 2026-02-01

      ### Fixed

      - bug

      ## [1.0.0] - 2026-01-01

      ### Added

      - all
      """;

  private static final String UNRELEASED =
      "## [Unreleased]\n\n" + BEGIN + "### Added\n\n- new\n" + END;

  private static final String RELEASED = OUTPUT.substring(OUTPUT.indexOf("## [1.1.0]"));

  private static final String RELEASING =
      OUTPUT.replace("## [Unreleased]", "## [1.2.0] - 2026-03-01");

  private static String merge(String file, String output) {
    try {
      var merged =
          ChangelogMerge.merge(
              file.getBytes(StandardCharsets.UTF_8), output.getBytes(StandardCharsets.UTF_8));
      return new String(merged, StandardCharsets.UTF_8);
    } catch (MergeException e) {
      throw new AssertionError(e.reason() + " " + e.getMessage(), e);
    }
  }

  /** Merges twice: the second time changes nothing. */
  private static String merged(String file, String output) {
    var merged = merge(file, output);
    assertThat(merge(merged, output)).isEqualTo(merged);
    return merged;
  }

  private static Reason failure(String file, String output) {
    return catchThrowableOfType(
            MergeException.class,
            () ->
                ChangelogMerge.merge(
                    file.getBytes(StandardCharsets.UTF_8), output.getBytes(StandardCharsets.UTF_8)))
        .reason();
  }

  @Test
  void aNewFileHasEverything() {
    assertThat(merged("", OUTPUT)).isEqualTo("# Changelog\n\n" + UNRELEASED + "\n" + RELEASED);
    assertThat(merged("\n", "# Changelog\n\n## [Unreleased]\n"))
        .isEqualTo("# Changelog\n\n## [Unreleased]\n");
  }

  @Test
  void whatPeopleWroteStays() {
    var file =
        """
        Changes, by *hand*
        ==================

        Introduction.

        ## [Unreleased]
        - mine, not committed

        ## 1.1.0 (2026-02-01)
         * written   by hand\t

        ## 0.9

        Old.
        """;
    assertThat(merged(file, OUTPUT))
        .isEqualTo(
            file.replace(
                "not committed\n\n",
                "not committed\n\n" + UNRELEASED.replace("## [Unreleased]\n\n", "") + "\n"));
  }

  @Test
  void releasesThatAreNewerThanTheFileAreAdded() {
    var file = "# Mine\n\nText.\n\n## v1.0.0\n\n- first\n";
    assertThat(merged(file, OUTPUT))
        .isEqualTo(
            "# Mine\n\nText.\n\n"
                + UNRELEASED
                + "\n"
                + OUTPUT.substring(OUTPUT.indexOf("## [1.1.0]"), OUTPUT.indexOf("## [1.0.0]"))
                + "## v1.0.0\n\n- first\n");
    var ahead = "# Mine\n\n## 2.0.0\n\n- by hand\n";
    assertThat(merged(ahead, OUTPUT))
        .isEqualTo("# Mine\n\n" + UNRELEASED + "\n## 2.0.0\n\n- by hand\n");
  }

  @Test
  void generatedLinesAreReplacedAndNothingElse() {
    var file =
        merge("", OUTPUT)
            .replace(BEGIN, "- above\n\n" + BEGIN)
            .replace(END, END + "\n- below\n")
            .replace("- bug", "- bug, explained");
    assertThat(merged(file, OUTPUT)).isEqualTo(file);
    assertThat(merged(file, OUTPUT.replace("- new", "- newer")))
        .isEqualTo(file.replace("- new", "- newer"));
    assertThat(merged(file, OUTPUT.replace("### Added\n\n- new\n\n", "")))
        .isEqualTo(file.replace(BEGIN + "### Added\n\n- new\n" + END + "\n", ""));
  }

  @Test
  void aReleaseTakesInWhatIsUnreleased() {
    var file =
        merge("", OUTPUT).replace(BEGIN, "### Added\n\n- mine\n\n### Removed\n\n- old\n\n" + BEGIN);
    assertThat(merged(file, RELEASING.replace("- new\n", "- new\n\n### Fixed\n\n- crash\n")))
        .isEqualTo(
            "# Changelog\n\n## [1.2.0] - 2026-03-01\n\n### Added\n\n- mine\n- new\n\n"
                + "### Removed\n\n- old\n\n### Fixed\n\n- crash\n\n"
                + RELEASED);
    assertThat(merged("# A\n\n## Unreleased\n\n### Added\n- mine", RELEASING))
        .isEqualTo("# A\n\n## [1.2.0] - 2026-03-01\n\n### Added\n- mine\n- new\n\n" + RELEASED);
  }

  @Test
  void aReleaseIsWrittenOnce() {
    var file = merge("", RELEASING);
    assertThat(file).isEqualTo(RELEASING);
    var edited = file.replace("- new", "- new, explained");
    assertThat(merge(edited, RELEASING)).isEqualTo(edited);
    var later = "# A\n\n## Unreleased\n\n- mine\n\n## 1.2.0\n\n- x\n";
    assertThat(merge(later, RELEASING)).isEqualTo(later);
  }

  @Test
  void aReleaseThatHasATagIsRefused() {
    assertThat(failure("", OUTPUT.replace("## [Unreleased]", "## [1.1.0] - 2026-03-01")))
        .isEqualTo(Reason.RELEASED);
    // The same version with and without v is no reason to stop.
    assertThat(merged("", OUTPUT + "\n## v1.0.0\n\n- again\n")).doesNotContain("again");
  }

  @Test
  void nothingToSayChangesNothing() {
    var file = "# Mine\n\n## 1.1.0\n\n- x";
    assertThat(merge(file, "# Changelog\n\n## [Unreleased]\n\n## [1.1.0]\n\n- y\n"))
        .isEqualTo(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "## 1.1.0",
        "## v1.1.0",
        "# [1.1.0](https://example.org/a...b) (2026-02-01)",
        "### [1.1.0] - 2026-02-01",
        "## **1.1.0**",
        "## Version 1.1.0",
        "## Release v1.1.0 ##",
        "## name-1.1.0",
        "## @scope/name@1.1.0",
        "1.1.0 / 2026-02-01\n==================",
        "v1.1.0\n---",
      })
  void headingsOfReleases(String heading) {
    var file = "# Changes\n\n" + heading + "\n\n- x\n";
    assertThat(merged(file, OUTPUT))
        .isEqualTo("# Changes\n\n" + UNRELEASED + "\n" + heading + "\n\n- x\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# Changes",
        "Changes in 1.1.0",
        "# Changes since 1.1.0",
        "#### 1.1.0",
        "```\n## 1.1.0\n```",
        "~~~~ md\n~~~\n## 1.1.0\n~~~~",
        "<!--\n## 1.1.0\n-->",
        "[1.1.0]: https://example.org",
      })
  void whatIsNoHeadingOfARelease(String text) {
    assertThat(merged(text + "\n", OUTPUT)).isEqualTo(text + "\n\n" + UNRELEASED + "\n" + RELEASED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "## Unreleased",
        "## [unreleased]",
        "# UNRELEASED #",
        "## master (unreleased)",
        "## 1.2.0 [Unreleased]",
        "Unreleased\n----------",
      })
  void headingsOfWhatIsUnreleased(String heading) {
    var file = "# Changes\n\n" + heading + "\n\n- x\n\n## 1.1.0\n\n- y\n";
    assertThat(merged(file, OUTPUT))
        .isEqualTo(
            file.replace("- x\n", "- x\n\n" + UNRELEASED.replace("## [Unreleased]\n\n", "")));
    assertThat(merge(file, RELEASING)).contains("\n\n## [1.2.0] - 2026-03-01\n\n- x\n");
  }

  @Test
  void sectionsOfAnotherKindStayBelow() {
    assertThat(merged("# A\n\n## Winter\n\n- x\n", OUTPUT))
        .isEqualTo("# A\n\n" + UNRELEASED + "\n" + RELEASED + "\n## Winter\n\n- x\n");
  }

  @Test
  void lineEndsAndEncodingStay() throws MergeException {
    var file = "\ufeff## 1.1.0\r\n\r\n- x";
    assertThat(merged(file, OUTPUT))
        .isEqualTo("\ufeff" + UNRELEASED.replace("\n", "\r\n") + "\r\n## 1.1.0\r\n\r\n- x");
    var latin = "# \u00c4nderungen\n\n## 1.1.0\n\n- \u00fc\n".getBytes(StandardCharsets.ISO_8859_1);
    var merged = ChangelogMerge.merge(latin, OUTPUT.getBytes(StandardCharsets.UTF_8));
    assertThat(new String(merged, StandardCharsets.ISO_8859_1))
        .startsWith("# \u00c4nderungen\n\n## [Unr")
        .endsWith("## 1.1.0\n\n- \u00fc\n");
  }

  @Test
  void halfOfTheMarkersIsRefused() {
    assertThat(failure(merge("", OUTPUT).replace(END, ""), OUTPUT)).isEqualTo(Reason.MARKER);
    assertThat(failure(merge("", OUTPUT).replace(BEGIN, ""), OUTPUT)).isEqualTo(Reason.MARKER);
    assertThat(failure("", "# Changelog\n\n## Intro\n")).isEqualTo(Reason.NO_SECTION);
  }
}
