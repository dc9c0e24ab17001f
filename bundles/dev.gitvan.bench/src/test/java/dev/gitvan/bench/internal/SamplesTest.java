package dev.gitvan.bench.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void percentilesAreByNearestRank() {
    var samples = new Samples();
    for (int i = 1000; i >= 1; i--) {
      samples.add(i * 1_000_000L);
    }
    assertThat(samples.percentile(0)).isEqualTo(1);
    assertThat(samples.percentile(0.50)).isEqualTo(500);
    assertThat(samples.percentile(0.95)).isEqualTo(950);
    assertThat(samples.percentile(0.99)).isEqualTo(990);
    assertThat(samples.percentile(1)).isEqualTo(1000);
  }

  @Test
  void aSingleSampleIsEveryPercentile() {
    var samples = new Samples();
    samples.add(3_000_000);
    assertThat(samples.percentile(0.50)).isEqualTo(3);
    assertThat(samples.percentile(0.99)).isEqualTo(3);
    assertThat(samples.toMap("op", "peer", 1)).containsEntry("n", 1).containsEntry("mean", 3.0);
  }
}
