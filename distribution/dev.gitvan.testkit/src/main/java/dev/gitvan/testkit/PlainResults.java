package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What template filters and functions take and return. */
final class PlainResults {
  private static final int THREADS = 4;

  /** One value of each kind, and some at the edges. */
  static final List<Object> SAMPLES =
      List.of(
          "",
          "text",
          0L,
          -1L,
          7L,
          1.5,
          true,
          List.of(),
          List.of("a", List.of(1L)),
          Map.of(),
          Map.of("key", List.of("value")));

  private PlainResults() {}

  /** A result that engines can use. */
  static void check(Object value) {
    if (value instanceof Map<?, ?> map) {
      assertThat(map.keySet()).allMatch(String.class::isInstance);
      map.values().forEach(PlainResults::check);
    } else if (value instanceof Collection<?> list) {
      list.forEach(PlainResults::check);
    } else if (value != null) {
      assertThat(value.getClass().getClassLoader()).as("%s", value.getClass()).isNull();
      assertThat(value).isInstanceOfAny(CharSequence.class, Number.class, Boolean.class);
    }
  }

  /** A call that returns a plain value, or throws what is for the template's author. */
  static void checkCall(String what, Callable<Object> call) throws Exception {
    try {
      check(call.call());
    } catch (IllegalArgumentException e) {
      assertThat(e).as(what).message().isNotBlank().doesNotContain("Exception", "java.");
    }
  }

  /** Many calls at once that all return the same. */
  static void checkConcurrently(Object result, Callable<Object> call) throws Exception {
    var threads = Executors.newFixedThreadPool(THREADS);
    try {
      var calls = new ArrayList<Future<Object>>();
      for (int i = 0; i < 25 * THREADS; i++) {
        calls.add(threads.submit(call));
      }
      for (var each : calls) {
        assertThat(each.get()).isEqualTo(result);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
