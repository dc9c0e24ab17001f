package dev.gitvan.template.internal.rendered;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ValueDigestTest {
  private static String digest(Object value) {
    var digest = ValueDigest.of(value);
    return digest == null ? null : HexFormat.of().formatHex(digest);
  }

  private static Map<String, Object> map(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** Each is another output, in some template. */
  @Test
  void whateverATemplateCanTellApartHasAnotherDigest() {
    var values = new ArrayList<Object>();
    values.addAll(Arrays.asList(null, true, false, "", "a", "b", "true", "1", "\ud800", "\u0000"));
    values.addAll(List.of(1L, 1, (short) 1, (byte) 1, 1.0, 1.0f, '1', -1L));
    values.addAll(List.of(0.0, -0.0, Double.NaN, Double.MIN_VALUE));
    values.addAll(List.of(BigInteger.ONE, BigInteger.valueOf(256), BigDecimal.ONE));
    values.addAll(List.of(new BigDecimal("1.0"), new BigDecimal("1.00")));
    values.addAll(List.of(Instant.EPOCH, LocalDate.EPOCH, Instant.EPOCH.toString()));
    values.addAll(List.of(List.of(), Map.of(), new ArrayList<>(), map(), map("a", null)));
    values.addAll(List.of(list("a", "b"), list("ab"), list("b", "a"), list("a", list("b"))));
    values.addAll(List.of(list(list("a"), "b"), list(list("a", "b")), list(list(), list())));
    values.addAll(List.of(map("a", 1L, "b", 2L), map("b", 2L, "a", 1L), map("a", map("b", 1L))));
    values.addAll(List.of(map("a", 1), map("a", 1L), map("a", "1"), new TreeMap<>(map("a", 1L))));
    values.add(new LinkedHashSet<>(list("a", "b")));

    var digests = values.stream().map(ValueDigestTest::digest).toList();

    assertThat(digests).doesNotContainNull().doesNotHaveDuplicates();
  }

  private static List<Object> list(Object... items) {
    return new ArrayList<>(List.of(items));
  }

  @Test
  void equalValuesInTheSameOrderHaveTheSame() {
    assertThat(digest(map("a", list(1L, "x"), "b", null)))
        .isEqualTo(digest(map("a", list(1L, "x"), "b", null)));
    assertThat(digest(Collections.unmodifiableMap(map("a", 1L))))
        .isEqualTo(digest(Collections.unmodifiableMap(map("a", 1L))));
  }

  @Test
  void longTextsCrossTheBuffer() {
    var text = "x".repeat(4090) + "äöü\ud83d\ude00" + "y".repeat(10_000);
    assertThat(digest(text)).isEqualTo(digest(new String(text)));
    assertThat(digest(text)).isNotEqualTo(digest(text.replace('ö', 'o')));
    assertThat(digest(list("a", text))).isNotEqualTo(digest(list("a" + text)));
  }

  @Test
  void whatIsNotKnownHasNone() {
    record Bean(String name) {}
    var items = List.of("a");
    Iterable<String> lazy = items::iterator;
    var caseless = new TreeMap<String, Object>(String.CASE_INSENSITIVE_ORDER);
    caseless.put("a", 1L);
    for (var value :
        new Object[] {
          new Bean("x"),
          new StringBuilder("x"),
          new Date(0),
          new int[] {1},
          new Object[] {"a"},
          lazy,
          caseless,
          new IdentityHashMap<>(),
          new ConcurrentHashMap<>(),
          Thread.State.NEW,
          new BigInteger("1") {
            private static final long serialVersionUID = 1L;
          },
          map("deep", list(new Bean("x"))),
        }) {
      assertThat(digest(value)).as("%s", value.getClass()).isNull();
    }
  }

  @Test
  void whatHoldsItselfOrIsTooLargeHasNone() {
    var self = new ArrayList<Object>();
    self.add(self);
    assertThat(digest(self)).isNull();
    assertThat(digest("x".repeat(2 << 20))).isNull();
    assertThat(digest("x".repeat(400_000))).isNotNull();
  }

  @Test
  void textsAreApart() {
    assertThat(ValueDigest.ofTexts("a", "bc")).isNotEqualTo(ValueDigest.ofTexts("ab", "c"));
  }
}
