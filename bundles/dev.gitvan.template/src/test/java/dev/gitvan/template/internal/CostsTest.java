package dev.gitvan.template.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CostsTest {
  private final Costs costs = new Costs();

  private void measure(int times, long render, long cache) {
    for (int i = 0; i < times; i++) {
      costs.measured(render, cache);
    }
  }

  @Test
  void nothingIsDecidedBeforeEnoughIsMeasured() {
    measure(Costs.ENOUGH - 1, 10, 100);
    assertThat(costs.isWorthCaching()).isTrue();
    measure(1, 10, 100);
    assertThat(costs.isWorthCaching()).isFalse();
  }

  @Test
  void whatRendersSlowlyIsCached() {
    measure(1000, 101, 100);
    assertThat(costs.isWorthCaching()).isTrue();
  }

  /** Code is compiled after some renderings. */
  @Test
  void slowBeginningIsForgotten() {
    measure(5, 1_000_000, 100);
    measure(500, 10, 100);
    assertThat(costs.isWorthCaching()).isFalse();
  }

  /** More data than before, for one. */
  @Test
  void whatGetsSlowIsCachedAgain() {
    measure(Costs.ENOUGH, 10, 100);
    for (int i = 0; i < 100 && !costs.isWorthCaching(); i++) {
      costs.rendered(1000);
    }
    assertThat(costs.isWorthCaching()).isTrue();
    measure(100, 1000, 2000);
    assertThat(costs.isWorthCaching()).isFalse();
  }
}
