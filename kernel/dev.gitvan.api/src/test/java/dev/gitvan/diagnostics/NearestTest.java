package dev.gitvan.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KEYS =
      List.of("concurrency", "capacity", "rate", "timeout", "priority", "on");

  @Test
  void findsTheWordThatWasMeant() {
    assertThat(Nearest.to("cocurrency", KEYS)).containsExactly("concurrency");
    assertThat(Nearest.to("tiemout", KEYS)).containsExactly("timeout");
    assertThat(Nearest.to("priorty", KEYS)).containsExactly("priority");
  }

  @Test
  void suggestsNothingThatIsFarOrUnlike() {
    assertThat(Nearest.to("xyz", KEYS)).isEmpty();
    assertThat(Nearest.to("hook", List.of("lock", "job"))).isEmpty();
    assertThat(Nearest.to("", KEYS)).isEmpty();
    assertThat(Nearest.to("anything", List.of())).isEmpty();
  }

  @Test
  void givesAtMostThreeNearestFirstEachOnce() {
    assertThat(Nearest.to("job1", List.of("job2", "jobs12", "job3", "job4", "job1x", "job2")))
        .hasSize(3)
        .doesNotHaveDuplicates()
        .startsWith("job1x");
  }

  @Test
  void sentenceAsksOrSaysSomethingElse() {
    assertThat(Nearest.sentence("rat", KEYS, "See the list.")).isEqualTo("Did you mean rate?");
    assertThat(Nearest.sentence("zzzzz", KEYS, "See the list.")).isEqualTo("See the list.");
  }
}
