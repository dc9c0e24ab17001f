package dev.gitvan.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCodeTest {
  private static final ErrorCode CODE =
      ErrorCode.of("ACME_DOWN", ExitStatus.BUSY, "Acme is not available.");

  @Test
  void isNotRetryableUnlessDeclared() {
    assertThat(CODE.retryable()).isFalse();
    var retryable = CODE.withRetry(true);
    assertThat(retryable.retryable()).isTrue();
    assertThat(retryable.exitStatus()).isEqualTo(ExitStatus.BUSY);
    assertThat(retryable.meaning()).isEqualTo("Acme is not available.");
    assertThat(CODE.retryable()).isFalse();
  }

  @Test
  void isItsName() {
    assertThat(CODE).hasToString("ACME_DOWN");
    assertThat(CODE)
        .isEqualTo(ErrorCode.of("ACME_DOWN", ExitStatus.USER, "Another meaning.").withRetry(true))
        .hasSameHashCodeAs(ErrorCode.unknown("ACME_DOWN"))
        .isNotEqualTo(ErrorCode.of("ACME_UP", ExitStatus.BUSY, "Acme is not available."));
  }

  @Test
  void unknownCodeFailsTheCommandAndIsNotRetryable() {
    var unknown = ErrorCode.unknown("ACME_DOWN");
    assertThat(unknown.exitStatus()).isEqualTo(ExitStatus.FAILED);
    assertThat(unknown.retryable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "acme", "_ACME", "4ACME", "ACME-DOWN", "ACME DOWN", "ÄCME"})
  void refusesMalformedNames(String name) {
    assertThat(ErrorCode.isName(name)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ErrorCode.of(name, ExitStatus.USER, "A meaning."))
        .withMessageContaining("'" + name + "' is not a code");
  }

  @ParameterizedTest
  @ValueSource(ints = {ExitStatus.OK, -1, 4, 42, 256})
  void refusesExitStatusesThatMeanNothing(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ErrorCode.of("ACME_DOWN", status, "A meaning."))
        .withMessage("ACME_DOWN: " + status + " is not an exit status of GitVan's failures");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Acme\nis down.", "\u001b[31mDown."})
  void refusesMeaningsThatAreNoLine(String meaning) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ErrorCode.of("ACME_DOWN", ExitStatus.USER, meaning))
        .withMessage("ACME_DOWN: the meaning is not a line of text");
  }
}
