package dev.gitvan.shell.internal.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShellProcessTest {
  private final ShellProcess shell = new ShellProcess();

  @Test
  void aScriptEndsWithItsFirstFailure() {
    shell.open(Map.of("GITVAN_TTY", "oe"));
    assertThat(shell.exitStatus()).isZero();
    shell.ended(0);
    shell.ended(3);
    shell.ended(2);
    shell.ended(0);
    assertThat(shell.exitStatus()).isEqualTo(3);
  }

  @Test
  void somebodyAtATerminalHasSeenTheFailures() {
    shell.open(Map.of("GITVAN_TTY", "ioe"));
    shell.ended(3);
    assertThat(shell.exitStatus()).isZero();
  }

  @Test
  void streamsAreTerminalsOnlyIfThoseOfTheProcessAre() {
    shell.open(Map.of("GITVAN_TTY", "i"));
    assertThat(shell.isTerminal('i')).isTrue();
    assertThat(shell.isTerminal('o')).isFalse();
    shell.open(Map.of());
    assertThat(shell.isTerminal('o')).as("a framework of somebody else").isTrue();
  }
}
