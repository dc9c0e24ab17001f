package dev.gitvan.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptTest {
  private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");

  private static Receipt receipt(RunStatus status, Problem error) {
    return Receipt.builder("01ARZ3NDEKTSV4RRFFQ69G5FAV", "changelog")
        .version("1.0.0")
        .fingerprint("fingerprint")
        .parent("01PARENT")
        .trigger(new Trigger(Trigger.Kind.EVENT, "refs/heads/main", "push", 0, "01PARENT"))
        .head("head")
        .commit("commit")
        .branch("refs/heads/main")
        .worktree("repo")
        .status(status)
        .error(error)
        .ran(STARTED, STARTED.plusMillis(1500))
        .attempt(2)
        .inputs(Map.of("limit", 50L))
        .artifacts(List.of(new Artifact("CHANGELOG.md", "ab", 3)))
        .steps(
            List.of(
                new StepReport(
                    "template", "render", StepStatus.OK, Duration.ofMillis(7), "dropped")))
        .host("host")
        .gitvan("0.1.0")
        .build();
  }

  @Test
  void fieldsAreInTheirStableOrder() {
    assertThat(receipt(RunStatus.OK, null).toMap().keySet())
        .containsExactly(
            ("id schema job version parent trigger head commit branch worktree status started"
                    + " finished durationMs attempt inputs artifacts steps error fingerprint host"
                    + " gitvan")
                .split(" "));
  }

  @Test
  void readsBackWhatItWrote() {
    var written = receipt(RunStatus.OK, null);
    var read = Receipt.fromMap(written.toMap());
    assertThat(read.toMap()).isEqualTo(written.toMap());
    assertThat(read.trigger()).isEqualTo(written.trigger());
    assertThat(read.artifacts()).isEqualTo(written.artifacts());
    assertThat(read.steps().get(0).duration()).isEqualTo(Duration.ofMillis(7));
  }

  @Test
  void errorIsCodeAndMessage() {
    var failed =
        receipt(RunStatus.FAILED, new Problem(Codes.JOB_FAILED, "job", "no luck", "Retry."));
    assertThat(failed.toMap().get("error").toString())
        .isEqualTo("{code=JOB_FAILED, message=job: no luck. Retry.}");
    assertThat(Receipt.fromMap(failed.toMap()).error().code()).isEqualTo(Codes.JOB_FAILED);
    assertThat(Receipt.fromMap(failed.toMap()).status()).isEqualTo(RunStatus.FAILED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rel          | it did not end   | Raise it.  | JOB_FAILED rel: it did not end. Raise it.",
        "a.yaml:3:1   | x: y             | Write z    | JOB_FAILED a.yaml:3:1: x: y. Write z.",
        "''           | no luck          | ''         | JOB_FAILED: no luck."
      })
  void errorIsTheSameAfterReading(String place, String what, String remedy, String line) {
    var written = receipt(RunStatus.FAILED, new Problem(Codes.JOB_FAILED, place, what, remedy));
    var read = Receipt.fromMap(written.toMap());
    assertThat(read.toMap()).isEqualTo(written.toMap());
    assertThat(read.withCommit("x").toMap().get("error")).isEqualTo(written.toMap().get("error"));
    assertThat(read.error()).hasToString(line);
    assertThat(Receipt.fromMap(read.toMap()).toMap()).isEqualTo(written.toMap());
  }

  @ParameterizedTest
  @CsvSource({"status, unknown status x", "started, started is not a time: x"})
  void saysWhichFieldIsInvalid(String field, String what) {
    var map = new LinkedHashMap<>(receipt(RunStatus.OK, null).toMap());
    map.put(field, "x");
    assertThatThrownBy(() -> Receipt.fromMap(map))
        .hasMessage("receipt 01ARZ3NDEKTSV4RRFFQ69G5FAV: " + what);
  }

  @Test
  void unknownFieldsAreIgnoredAndMissingOnesEmpty() {
    var map = new LinkedHashMap<String, Object>();
    map.put("id", "01X");
    map.put("schema", Receipt.SCHEMA);
    map.put("started", STARTED.toString());
    map.put("finished", STARTED.toString());
    map.put("future", List.of(1, 2));
    var read = Receipt.fromMap(map);
    assertThat(read.job()).isEmpty();
    assertThat(read.steps()).isEmpty();
    assertThat(read.error()).isNull();
    assertThat(read.status()).as("never taken for a success").isEqualTo(RunStatus.FAILED);
  }

  @Test
  void codesAreReadByName() {
    var busy = ErrorCode.of("ACME_BUSY", ExitStatus.BUSY, "Acme is busy.").withRetry(true);
    var ours = receipt(RunStatus.FAILED, new Problem(Codes.REPO_LOCKED, "x", "locked", ""));
    var theirs = receipt(RunStatus.FAILED, new Problem(busy, "x", "busy", ""));

    var error = Receipt.fromMap(ours.toMap()).error();
    assertThat(error.code()).isSameAs(Codes.REPO_LOCKED);
    assertThat(error.retryable()).isTrue();
    assertThat(theirs.toMap().get("error")).hasToString("{code=ACME_BUSY, message=x: busy.}");
    var unknown = Receipt.fromMap(theirs.toMap()).error();
    assertThat(unknown.code()).isEqualTo(busy);
    assertThat(unknown.exitStatus()).isEqualTo(ExitStatus.FAILED);
    assertThat(unknown.retryable()).isFalse();
  }

  @Test
  void whatIsNoReceiptIsRefused() {
    var map = new LinkedHashMap<>(receipt(RunStatus.OK, null).toMap());
    map.put("schema", "gitvan.receipt.v9");
    assertThatThrownBy(() -> Receipt.fromMap(map)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Receipt.fromMap(Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    var broken = new LinkedHashMap<>(receipt(RunStatus.OK, null).toMap());
    broken.put("status", "splendid");
    assertThatThrownBy(() -> Receipt.fromMap(broken)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void changesKeepEverythingElse() {
    var ok = receipt(RunStatus.OK, null);
    assertThat(ok.withCommit("other").commit()).isEqualTo("other");
    assertThat(ok.withCommit("commit")).isEqualTo(ok);
    var late =
        ok.withOutcome(
            RunStatus.TIMEOUT, new Problem(Codes.TIMEOUT, "", "late", ""), STARTED.plusSeconds(9));
    assertThat(late.durationMs()).isEqualTo(9000);
    assertThat(late.status()).isEqualTo(RunStatus.TIMEOUT);
    assertThat(late.inputs()).isEqualTo(ok.inputs());
  }
}
