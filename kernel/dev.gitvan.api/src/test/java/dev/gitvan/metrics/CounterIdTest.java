package dev.gitvan.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CounterIdTest {
  /** Exporters write a header for each name. */
  @Test
  void keepsCountersOfOneNameTogether() {
    var labelled = new CounterId("a", Map.of("x", "1"));
    var ids = new TreeSet<>(List.of(CounterId.of("ab"), labelled, CounterId.of("a")));
    assertThat(ids).containsExactly(CounterId.of("a"), labelled, CounterId.of("ab"));
  }

  @Test
  void rejectsNamesThatExportersCannotWrite() {
    for (var name : new String[] {"", "Retries", "job retries", "job.", ".job", "job{a=b}"}) {
      assertThatThrownBy(() -> CounterId.of(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
