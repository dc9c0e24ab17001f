package dev.gitvan.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProblemTest {
  private static final ErrorCode X = ErrorCode.of("X", ExitStatus.USER, "An example.");

  @Test
  void isOneLineOfCodePlaceCauseAndRemedy() {
    assertThat(
            new Problem(
                    Codes.TEMPLATE_SYNTAX,
                    "a.peb:14",
                    "unclosed {% if %}",
                    "Close it with {% endif %}.")
                .toString())
        .isEqualTo("TEMPLATE_SYNTAX a.peb:14: unclosed {% if %}. Close it with {% endif %}.");
  }

  @Test
  void leavesOutWhatIsEmptyAndDoublesNoStop() {
    assertThat(new Problem(X, "", "it is so", "").toString()).isEqualTo("X: it is so.");
    assertThat(new Problem(X, "", "it is so.", "").toString()).isEqualTo("X: it is so.");
    assertThat(new Problem(X, "", "is it so?", "").toString()).isEqualTo("X: is it so?");
  }

  @Test
  void staysOneLineWhateverItQuotes() {
    var line = new Problem(X, "a\nb", "\u001b[31mred\r\n\tbad", "Try\u0000again.").toString();
    assertThat(line).doesNotContainPattern("\\p{Cntrl}").startsWith("X a b: ");
  }

  @Test
  void mapHasTheFieldsInTheirOrder() {
    assertThat(new Problem(X, "p", "w", "r").toMap().toString())
        .isEqualTo("{code=X, place=p, message=w, remedy=r}");
  }

  @Test
  void exceptionKeepsProblemAndCause() {
    var cause = new IOException("x");
    var problem = new Problem(Codes.TIMEOUT, "job", "late", "");
    var exception = problem.toException(cause);
    assertThat(exception).hasMessage(problem.toString()).hasCause(cause);
    assertThat(exception.code()).isEqualTo(Codes.TIMEOUT);
    assertThat(exception.problem()).isSameAs(problem);
    assertThat(problem.exitStatus()).isEqualTo(ExitStatus.TIMEOUT);
    assertThatThrownBy(() -> new Problem(null, "", "", ""))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void isAsRetryableAsItsCodeUnlessItDiffers() {
    assertThat(new Problem(Codes.REPO_LOCKED, "", "x", "").retryable()).isTrue();
    assertThat(new Problem(Codes.HOOK_VETOED, "", "x", "").retryable()).isFalse();
    var failed = new Problem(Codes.JOB_FAILED, "job", "x", "Retry.");
    var hopeless = failed.withRetry(false);
    assertThat(hopeless.retryable()).isFalse();
    assertThat(hopeless.withRetry(true)).isEqualTo(failed);
    assertThat(hopeless).hasToString(failed.toString());
    assertThat(hopeless.toMap()).isEqualTo(failed.toMap());
  }

  @Test
  void fileProblemsTellTheDiskFromThePermissions() {
    var path = Path.of("out.txt");
    assertThat(FileProblem.of(new FileSystemException("f", null, "No space left on device"), path))
        .satisfies(p -> assertThat(p.code()).isEqualTo(Codes.DISK_FULL))
        .satisfies(p -> assertThat(p.place()).isEqualTo("f"));
    assertThat(FileProblem.of(new AccessDeniedException("f"), path).code())
        .isEqualTo(Codes.ACCESS_DENIED);
    assertThat(FileProblem.of(new FileSystemException("f", null, "Read-only file system"), path))
        .satisfies(p -> assertThat(p.code()).isEqualTo(Codes.ACCESS_DENIED));
    assertThat(FileProblem.of(new IOException("pipe broke"), path).toString())
        .startsWith("IO_ERROR out.txt: pipe broke.");
    assertThat(FileProblem.of(new IOException(), path).what()).isEqualTo("IOException");
    assertThat(FileProblem.of(new ClosedByInterruptException(), path).toString())
        .isEqualTo("INTERRUPTED out.txt: reading or writing it was interrupted.");
  }
}
