package dev.gitvan.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptsTest {
  private final Interrupts interrupts = new Interrupts(Duration.ofSeconds(10));

  @Test
  void tellsEveryActionAlsoWhenOneFails() {
    List<String> told = new ArrayList<>();
    interrupts.onInterrupt(
        () -> {
          throw new IllegalStateException();
        });
    interrupts.onInterrupt(
        () -> {
          told.add("command");
          interrupts.end(1);
        });

    assertThat(interrupts.interrupt()).isEqualTo(130);
    assertThat(told).containsExactly("command");
  }

  @Test
  void endsWellWhenTheCommandDoes() {
    interrupts.onInterrupt(() -> interrupts.end(0));

    assertThat(interrupts.interrupt()).isZero();
  }

  @Test
  void doesNotWaitForACommandThatCannotBeTold() {
    assertThat(interrupts.interrupt()).isEqualTo(130);
  }

  @Test
  void givesUpOnACommandThatDoesNotEnd() {
    var impatient = new Interrupts(Duration.ofMillis(1));
    impatient.onInterrupt(() -> {});

    assertThat(impatient.interrupt()).isEqualTo(130);
    assertThat(impatient.isEnded()).isFalse();
  }
}
