package dev.gitvan.jobs.file.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Place;
import org.junit.jupiter.api.Test;

class InlineTest {
  private static final Place PLACE = new Place("jobs/a.yaml", 4, 9);

  private static GitVanException failure(String place) {
    return GitVanException.of(Codes.TEMPLATE_SYNTAX, place, "unclosed", "Close it.");
  }

  @Test
  void aMistakeStandsWhereTheTextStandsInTheJobFile() {
    assertThatThrownBy(
            () ->
                Inline.at(
                    PLACE,
                    name -> {
                      throw failure(name + ":1:7");
                    }))
        .hasMessageContaining("TEMPLATE_SYNTAX jobs/a.yaml:4:9: unclosed");
  }

  @Test
  void aMistakeInAnotherTemplateKeepsItsPlace() {
    var elsewhere = failure("other.peb:1:7");
    assertThatThrownBy(
            () ->
                Inline.at(
                    PLACE,
                    name -> {
                      throw elsewhere;
                    }))
        .isSameAs(elsewhere);
    assertThat(Inline.<String>at(PLACE, name -> name)).isEqualTo("jobs/a.yaml:4:9");
  }
}
