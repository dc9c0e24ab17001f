package dev.gitvan.template.pebble.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is held without a map behaves as what is held in one. */
class ScopesTest {
  private final Scopes scopes = new Scopes(Map.of("data", "below"));

  @Test
  void aScopeHoldsAnyNumberOfVariablesAndNulls() {
    scopes.pushScope();
    for (var name : "abcde".split("")) {
      scopes.put(name, null);
      assertThat(scopes.find(name)).isNull();
      scopes.put(name, name + name);
    }
    assertThat(scopes.find("a")).isEqualTo("aa");
    assertThat(scopes.find("b")).isEqualTo("bb");
    assertThat(scopes.find("e")).isEqualTo("ee");
    assertThat(scopes.find("f")).isSameAs(Scopes.MISSING);
    assertThat(scopes.names()).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "data");
  }

  @Test
  void aScopeThatIsUsedAgainIsEmpty() {
    scopes.pushScope();
    scopes.put("a", 1);
    scopes.put("b", 2);
    scopes.put("c", 3);
    scopes.popScope();
    scopes.pushScope();
    assertThat(scopes.find("a")).isSameAs(Scopes.MISSING);
    assertThat(scopes.find("b")).isSameAs(Scopes.MISSING);
    assertThat(scopes.find("c")).isSameAs(Scopes.MISSING);
  }

  @Test
  void whatIsAroundALocalScopeIsNotSeen() {
    scopes.put("outer", 1);
    scopes.pushLocalScope();
    assertThat(scopes.find("outer")).isSameAs(Scopes.MISSING);
    assertThat(scopes.find("data")).isSameAs(Scopes.MISSING);
    scopes.set("outer", 2);
    assertThat(scopes.find("outer")).isEqualTo(2);
    scopes.popScope();
    assertThat(scopes.find("outer")).isEqualTo(1);
  }

  @Test
  void theDataIsShadowedNotChanged() {
    scopes.pushScope();
    scopes.set("data", "above");
    scopes.popScope();
    assertThat(scopes.find("data")).isEqualTo("above");
  }

  /** Equal names that are not the same text, names of equal hashes, puts and sets in any order. */
  @Test
  void isWhatMapsAre() {
    var random = new Random(7);
    var names = new String[] {"Aa", "BB", "loop", "x", "AaAa", "BBBB"};
    for (int round = 0; round < 500; round++) {
      var expected = new HashMap<String, Object>();
      if (round % 2 == 0) {
        scopes.pushScope();
      } else {
        expected.put("x", "given");
        scopes.pushScope(new HashMap<>(expected));
      }
      for (int i = 0; i < 8; i++) {
        var name = new String(names[random.nextInt(names.length)]);
        expected.put(name, i);
        scopes.put(name, i);
        for (var each : names) {
          assertThat(scopes.currentScopeContainsVariable(each))
              .isEqualTo(expected.containsKey(each));
          assertThat(scopes.get(new String(each))).isEqualTo(expected.get(each));
        }
      }
      scopes.popScope();
    }
  }
}
