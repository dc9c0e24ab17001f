package dev.gitvan.shell.internal.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.shell.internal.ShellFixture;
import org.junit.jupiter.api.Test;

class ErrorVerbTest {
  private final ShellFixture shell = new ShellFixture();

  ErrorVerbTest() {
    shell.verb("error", () -> new ErrorVerb(new ListedErrors()));
  }

  @Test
  void listsAllCodes() {
    assertThat(shell.run("error", "list")).isEqualTo(0);
    assertThat(shell.out)
        .isEqualTo(
            """
            code       exit  retry  from                    meaning
            USAGE      2     no     gitvan                  An unknown verb or flag, or an invalid argument.
            ACME_BUSY  75    yes    org.example.acme 1.2.0  Acme is busy.
            """);
    assertThat(shell.run("error", "list", "--json")).isEqualTo(0);
    assertThat(shell.out)
        .startsWith("{\"schema\":\"gitvan.error-codes.v1\",\"codes\":[{\"code\":\"USAGE\"");
  }

  @Test
  void helpExplainsOneCode() {
    assertThat(shell.run("help", "ACME_BUSY")).isEqualTo(0);
    assertThat(shell.out)
        .isEqualTo(
            """
            ACME_BUSY
            Acme is busy.
              exit  75
              retry yes
              from  org.example.acme 1.2.0
            """);
    var explained = shell.out;
    assertThat(shell.run("error", "show", "acme_busy")).isEqualTo(0);
    assertThat(shell.out).isEqualTo(explained);
    assertThat(shell.run("help", "USAGE", "--json")).isEqualTo(0);
    assertThat(shell.out)
        .isEqualTo(
            "{\"schema\":\"gitvan.error-code.v1\",\"code\":\"USAGE\",\"exitStatus\":2,"
                + "\"retry\":false,\"meaning\":\"An unknown verb or flag, or an invalid argument.\","
                + "\"bundle\":\"\"}\n");
  }

  @Test
  void suggestsTheNearestCode() {
    assertThat(shell.run("help", "ACME_BUZY")).isEqualTo(3);
    assertThat(shell.err)
        .isEqualTo(
            "CODE_NOT_FOUND ACME_BUZY: there is no such error code. Did you mean ACME_BUSY?\n");
    assertThat(shell.run("help", "NOTHING_LIKE_IT")).isEqualTo(3);
    assertThat(shell.err).endsWith(" See gitvan error list.\n");
  }
}
