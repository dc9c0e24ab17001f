package dev.gitvan.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitStatusTest {
  @ParameterizedTest
  @CsvSource({
    "JOB_FAILED,1",
    "STEP_FAILED,1",
    "HOOK_VETOED,1",
    "USAGE,2",
    "CONFIG_PARSE,2",
    "TEMPLATE_SYNTAX,2",
    "JOB_CYCLE,2",
    "JOB_NO_HANDLER,2",
    "OUTPUT_SYMLINK,2",
    "REF_INVALID,2",
    "REF_CHECKED_OUT,2",
    "KEY_CONFLICT,2",
    "REPO_EMPTY,2",
    "HEAD_DETACHED,2",
    "NO_TRANSACTION,2",
    "ACCESS_DENIED,2",
    "PAYLOAD_TOO_LARGE,2",
    "JOB_NOT_FOUND,3",
    "TEMPLATE_NOT_FOUND,3",
    "RECEIPT_NOT_FOUND,3",
    "PLUGIN_NOT_FOUND,3",
    "OBJECT_NOT_FOUND,3",
    "HOOK_NOT_FOUND,3",
    "LOCK_NOT_FOUND,3",
    "INTERNAL,70",
    "DISK_FULL,70",
    "IO_ERROR,70",
    "QUEUE_FULL,75",
    "REPO_LOCKED,75",
    "LOCK_HELD,75",
    "LOCK_LOST,75",
    "REPO_MOVED,75",
    "HEAD_MOVED,75",
    "DAEMON_UNAVAILABLE,75",
    "TIMEOUT,124",
    "INTERRUPTED,130"
  })
  void everyCodeHasTheStatusOfItsKind(String code, int status) {
    assertThat(ExitStatus.of(code)).isEqualTo(status);
  }

  @Test
  void codesOfPluginsAreTheUsers() {
    assertThat(ExitStatus.of("ACME_TOKEN_MISSING")).isEqualTo(ExitStatus.USER);
  }
}
