package dev.gitvan.shell.internal.diag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;

class RealCauseTest {
  @Test
  void skipsWrappers() {
    var failure =
        new InvocationTargetException(
            new ExecutionException(new IllegalStateException("no licence")));

    assertThat(RealCause.of(failure).words()).isEqualTo("IllegalStateException: no licence");
  }

  @Test
  void skipsTheFrameworksSummary() {
    var failure =
        new BundleException("Activator start error in bundle x.", new RuntimeException("port 80"));

    assertThat(RealCause.of(failure).words()).isEqualTo("RuntimeException: port 80");
  }

  @Test
  void addsTheRootCauseIfItSaysMore() {
    var root = new NoSuchFileException("/etc/key");

    assertThat(RealCause.of(new IllegalStateException("no key", root)).words())
        .isEqualTo("IllegalStateException: no key, caused by NoSuchFileException: /etc/key");
    assertThat(RealCause.of(new IllegalStateException(root)).words())
        .isEqualTo("IllegalStateException: java.nio.file.NoSuchFileException: /etc/key");
  }

  @Test
  void keepsMessagesForUsersWhole() {
    var failure = GitVanException.of(Codes.IO_ERROR, "/x", "it cannot be read", "Check the disk.");

    assertThat(RealCause.of(new InvocationTargetException(failure)).words())
        .isEqualTo("IO_ERROR /x: it cannot be read. Check the disk.");
  }

  @Test
  void namesTheMissingClass() {
    var failure =
        new InvocationTargetException(new NoClassDefFoundError("dev/gitvan/git/Git"), null);

    assertThat(RealCause.of(failure).missingClass()).contains("dev.gitvan.git.Git");
    assertThat(RealCause.of(new RuntimeException("x")).missingClass()).isEmpty();
  }

  @Test
  void hasWordsForEverything() {
    assertThat(RealCause.of("").words()).isEqualTo("no reason is known");
    assertThat(RealCause.of("something else\nand more").words()).isEqualTo("something else");
    assertThat(RealCause.of(new IllegalStateException()).words())
        .isEqualTo("IllegalStateException");
  }
}
