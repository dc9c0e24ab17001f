package dev.gitvan.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFormatsTest {
  /** Each in two parts, so that no scanner takes this file for a leak. */
  @ParameterizedTest
  @CsvSource({
    "ghp_,abcdefghijklmnopqrstuvwxyz0123456789",
    "gho_,abcdefghijklmnopqrstuvwxyz0123456789",
    "ghu_,abcdefghijklmnopqrstuvwxyz0123456789",
    "ghs_,abcdefghijklmnopqrstuvwxyz0123456789",
    "ghr_,abcdefghijklmnopqrstuvwxyz0123456789",
    "github_pat_,11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz0123456789",
    "glpat-,abcdefghij0123456789",
    "glrt-,abcdefghij0123456789",
    "gldt-,abcdefghij0123456789",
    "glcbt-,64_abcdefghij0123456789",
    "glptt-,abcdefghij0123456789abcdefghij0123456789",
    "gloas-,abcdefghij0123456789abcdefghij0123456789",
    "AKIA,IOSFODNN7EXAMPLE",
    "ASIA,IOSFODNN7EXAMPLE",
    "xoxb-,123456789012-abcdefABCDEF",
    "AIza,SyA0123456789abcdefghijklmnopqrstuv",
    "npm_,abcdefghijklmnopqrstuvwxyz0123456789",
    "sk_live_,abcdefghij0123456789abcd",
    "eyJhbGciOiJIUzI1NiJ9.,eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
  })
  void replacesTokensOfKnownFormats(String prefix, String rest) {
    assertThat(TokenFormats.mask("key=" + prefix + rest + ", next"))
        .startsWith("key=***")
        .endsWith(", next")
        .doesNotContain(rest.substring(0, 8));
  }

  @Test
  void replacesPrivateKeysEvenIfCutOff() {
    var begin = "-----BEGIN RSA PRIVATE " + "KEY-----\n";
    var key = begin + "MIIEpAIBAAKCAQEA\n";
    assertThat(TokenFormats.mask("a " + key + "-----END RSA PRIVATE KEY----- b"))
        .isEqualTo("a *** b");
    assertThat(TokenFormats.mask("a " + key)).isEqualTo("a ***");
  }

  @Test
  void replacesThePasswordOfUrls() {
    assertThat(TokenFormats.mask("fetch https://me:hunter2@example.org/x.git failed"))
        .isEqualTo("fetch https://me:***@example.org/x.git failed");
    assertThat(TokenFormats.mask("fetch https://me:hunt@r2@example.org/x.git failed"))
        .isEqualTo("fetch https://me:***@example.org/x.git failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org:8080/a@b",
        "git@example.org:team/project.git",
        "the key AKIAlike, npm_config_registry and ghp_short",
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "-----BEGIN PUBLIC KEY-----",
      })
  void leavesOtherTextUnchanged(String text) {
    assertThat(TokenFormats.mask(text)).isSameAs(text);
  }

  @Test
  void takesLinearTime() {
    var hostile = "://a:ghp_eyJa.eyJ-----BEGIN PRIVATE KEY".repeat(50_000);
    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> TokenFormats.mask(hostile));
  }
}
