package dev.gitvan.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartPlanTest {
  private final StartPlan plan =
      new StartPlan(
          Map.of("org.osgi.", 1, "org.apache.felix.", 2, "org.apache.felix.http.", 3, "dev.", 4),
          3,
          List.of("org.apache.felix.gogo.", "jline-"),
          List.of("ehcache-"));

  @Test
  void ordersByStartLevelAndThenByName() {
    assertThat(order("dev.b-1.jar", "zlib-1.jar", "dev.a-1.jar", "org.osgi.util-1.jar"))
        .containsExactly("org.osgi.util-1.jar", "zlib-1.jar", "dev.a-1.jar", "dev.b-1.jar");
  }

  @Test
  void takesTheLongestPrefix() {
    assertThat(plan.order(List.of(Path.of("org.apache.felix.http.jetty-5.jar"))))
        .extracting(StartPlan.Entry::level)
        .containsExactly(3);
  }

  @Test
  void startsWhatIsNeededWhenItIsNeeded() {
    assertThat(
            plan.order(
                List.of(Path.of("ehcache-3.jar"), Path.of("jline-3.jar"), Path.of("pebble-4.jar"))))
        .extracting(StartPlan.Entry::start)
        .containsExactly(
            StartPlan.Start.NEVER, StartPlan.Start.WITH_THE_SHELL, StartPlan.Start.AT_ONCE);
  }

  @Test
  void runsAtTheHighestLevel() {
    assertThat(plan.highestLevel()).isEqualTo(4);
    assertThat(new StartPlan(Map.of("a", 1), 3, List.of(), List.of()).highestLevel()).isEqualTo(3);
  }

  private List<String> order(String... names) {
    List<Path> jars = Arrays.stream(names).map(Path.of("/bundles")::resolve).toList();
    return plan.order(jars).stream().map(entry -> entry.jar().getFileName().toString()).toList();
  }
}
