package dev.gitvan.template.internal.rendered;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static Map<String, Object> value() {
    var map = new LinkedHashMap<String, Object>();
    map.put("name", "moon");
    map.put(
        "list", new ArrayList<Object>(Arrays.asList(1000L, null, new ArrayList<>(List.of("a")))));
    return map;
  }

  @Test
  @SuppressWarnings("unchecked")
  void everyChangeIsSeen() {
    var value = value();
    var list = (List<Object>) value.get("list");
    var inner = (List<Object>) list.get(2);
    var snapshot = Snapshot.of(value);
    assertThat(snapshot.isOf(value)).isTrue();

    for (Runnable change :
        List.<Runnable>of(
            () -> list.add("more"),
            () -> inner.add("b"),
            () -> inner.remove("b"),
            () -> list.remove(2),
            () -> list.set(0, 1001L),
            () -> value.put("name", "sun"),
            () -> value.put("other", null),
            () -> value.remove("list"))) {
      var before = Snapshot.of(value);
      assertThat(before.isOf(value)).isTrue();
      change.run();
      assertThat(before.isOf(value)).isFalse();
    }
    assertThat(snapshot.isOf(null)).isFalse();
  }

  @Test
  void equalIsNotTheSame() {
    assertThat(Snapshot.of(new String("a")).isOf(new String("a"))).isFalse();
    assertThat(Snapshot.of(List.of("a")).isOf(new ArrayList<>(List.of("a")))).isFalse();
    assertThat(Snapshot.of(List.of(List.of("a"), "b")).isOf(List.of(List.of("a", "b")))).isFalse();
  }

  @Test
  void ofWhatHasNoEndThereIsNone() {
    var endless = new ArrayList<Object>();
    endless.add(endless);
    assertThat(Snapshot.of(endless)).isNull();
    assertThat(Snapshot.of(new ArrayList<>(java.util.Collections.nCopies(1 << 17, "x")))).isNull();
  }
}
