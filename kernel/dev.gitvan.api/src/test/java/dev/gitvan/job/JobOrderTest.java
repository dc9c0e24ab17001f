package dev.gitvan.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobOrderTest {
  private static final WorktreeId WORKTREE = worktree("/repo/.git", "/repo");

  private static WorktreeId worktree(String git, String workTree) {
    return new WorktreeId(
        Path.of(git), new RepositoryId(Path.of(git)), workTree == null ? null : Path.of(workTree));
  }

  private static JobOrder full() {
    return JobOrder.builder(WORKTREE, "docs:build")
        .inputs(Map.of("limit", 20L, "nested", List.of(Map.of("a", "b"))))
        .trigger(new Trigger(Trigger.Kind.JOB, "refs/heads/main", "other", 2, "01PARENT"))
        .priority(Priority.HIGH)
        .key("once")
        .timeout(Duration.ofMillis(1500))
        .dryRun(true)
        .environment(Map.of("LANG", "C.UTF-8"))
        .now(Instant.parse("2026-01-02T03:04:05.678Z"))
        .build();
  }

  @Test
  void isReadAsItWasWritten() {
    for (var order :
        List.of(full(), JobOrder.of(WORKTREE, "x"), JobOrder.of(worktree("/bare", null), "x"))) {
      var read = JobOrder.fromMap(order.toMap());
      assertThat(read).isEqualTo(order).hasSameHashCodeAs(order);
      assertThat(read.toMap()).isEqualTo(order.toMap());
    }
    assertThat(full().toBuilder().build()).isEqualTo(full());
    assertThat(full().toBuilder().key("other").build()).isNotEqualTo(full());
  }

  @Test
  void hasOnlyWhatJsonHas() {
    assertPlain(full().toMap());
  }

  private static void assertPlain(Object value) {
    if (value instanceof Map<?, ?> map) {
      assertThat(map.keySet()).allMatch(String.class::isInstance);
      map.values().forEach(JobOrderTest::assertPlain);
    } else if (value instanceof List<?> items) {
      items.forEach(JobOrderTest::assertPlain);
    } else if (value != null) {
      assertThat(value).isInstanceOfAny(String.class, Number.class, Boolean.class);
    }
  }

  @Test
  void laterVersionsMayAddFields() {
    var map = new LinkedHashMap<>(full().toMap());
    map.put("added", 1);
    assertThat(JobOrder.fromMap(map)).isEqualTo(full());
  }

  @Test
  void whatIsNoOrderIsRefused() {
    assertThatThrownBy(() -> JobOrder.fromMap(Map.of())).hasMessage("not a gitvan.order.v1");
    for (var field : List.of("job", "gitDir", "commonDir", "inputs", "trigger", "environment")) {
      var map = new LinkedHashMap<>(full().toMap());
      map.remove(field);
      assertThatThrownBy(() -> JobOrder.fromMap(map))
          .as(field)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not a valid order: ");
    }
    for (var wrong : Map.of("timeout", "soon", "now", "later", "priority", "urgent").entrySet()) {
      var map = new LinkedHashMap<>(full().toMap());
      map.put(wrong.getKey(), wrong.getValue());
      assertThatThrownBy(() -> JobOrder.fromMap(map)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void doesNotChangeWithWhatItWasMadeOf() {
    var items = new ArrayList<Object>(List.of("a"));
    var inputs = new HashMap<String, Object>(Map.of("list", items));
    var order = JobOrder.builder(WORKTREE, "x").inputs(inputs).build();
    items.add("b");
    inputs.put("more", 1);
    assertThat(order.inputs()).isEqualTo(Map.of("list", List.of("a")));
    assertThatThrownBy(() -> listOf(order).add("c"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @SuppressWarnings("unchecked") // The test has put it there.
  private static List<Object> listOf(JobOrder order) {
    return (List<Object>) order.inputs().get("list");
  }

  @Test
  void textHasNothingConfidential() {
    assertThat(full()).hasToString("docs:build in /repo");
  }
}
