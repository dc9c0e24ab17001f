package dev.gitvan.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessGroupTest {
  private static final Duration GRACE = Duration.ofMillis(300);

  private static ProcessGroup shell(String script) throws IOException {
    return shell(script, GRACE);
  }

  private static ProcessGroup shell(String script, Duration grace) throws IOException {
    return ProcessGroup.start(
        new ProcessBuilder("/bin/sh", "-c", script).redirectInput(ProcessGroup.nothing()), grace);
  }

  private static ProcessHandle printedPid(ProcessGroup group) throws IOException {
    var out =
        new BufferedReader(
            new InputStreamReader(group.process().getInputStream(), StandardCharsets.UTF_8));
    return ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
  }

  private static void assertEnds(ProcessHandle process) throws Exception {
    process.onExit().get(60, TimeUnit.SECONDS);
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void whatIgnoresTheRequestIsEndedWithAllThatItStarted() throws Exception {
    var group = shell("trap '' TERM; sleep 600 & echo $!; while true; do wait; sleep 1; done");
    var child = printedPid(group);
    group.end();
    assertEnds(child);
    assertEnds(group.process().toHandle());
  }

  /** Its parent is gone: only the group knows it. */
  @Test
  void whatWasLeftBehindIsEnded() throws Exception {
    var group = shell("(trap '' TERM; sleep 600 & echo $!) &");
    var child = printedPid(group);
    assertThat(group.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(child.isAlive()).isTrue();
    group.endRest();
    assertEnds(child);
  }

  /** It tells nobody that its sleep was ended: nobody reads any more. */
  @Test
  void interruptedThreadEndsItAllTheSame() throws Exception {
    var group =
        shell(
            "trap 'exit 3' TERM; echo $$; exec >/dev/null 2>&1; while true; do sleep 0.05; done",
            Duration.ofSeconds(60));
    printedPid(group);
    Thread.currentThread().interrupt();
    group.end();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(group.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(group.process().exitValue()).isEqualTo(3);
  }

  @Test
  void readsNothing() throws Exception {
    var group = shell("cat; echo end");
    assertThat(group.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(group.process().exitValue()).isZero();
  }

  @Test
  void builderIsLeftAsItIs() throws Exception {
    var builder = new ProcessBuilder("/bin/true");
    ProcessGroup.start(builder, GRACE).process().waitFor();
    assertThat(builder.command()).containsExactly("/bin/true");
  }
}
