package dev.gitvan.kernel.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.hook.HookDefinition;
import dev.gitvan.hook.HookOrder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChainPlanTest {
  private static HookDefinition hook(
      String name, Set<String> before, Set<String> after, String group) {
    return HookDefinition.builder(name, List.of("pre-commit"), "test")
        .order(new HookOrder(before, after, group))
        .build();
  }

  private static HookDefinition hook(String name) {
    return hook(name, Set.of(), Set.of(), "");
  }

  private static HookDefinition before(String name, String... others) {
    return hook(name, Set.of(others), Set.of(), "");
  }

  private static HookDefinition after(String name, String... others) {
    return hook(name, Set.of(), Set.of(others), "");
  }

  private static HookDefinition in(String group, String name) {
    return hook(name, Set.of(), Set.of(), group);
  }

  private static ChainPlan plan(HookDefinition... hooks) {
    return ChainPlan.ofDefinitions(List.of(hooks));
  }

  @Test
  void withoutOrderAllStartAtOnceInTheGivenOrder() {
    var plan = plan(hook("a"), hook("b"), hook("c"));
    assertThat(plan.order()).containsExactly(0, 1, 2);
    for (int i = 0; i < 3; i++) {
      assertThat(plan.waits(i)).isZero();
      assertThat(plan.followers(i)).isEmpty();
    }
  }

  @Test
  void aftersAndBeforesMoveOnlyWhatTheyName() {
    var plan = plan(after("a", "c"), hook("b"), hook("c"), before("d", "b"));
    assertThat(plan.order()).containsExactly(2, 0, 3, 1);
    assertThat(plan.followers(0)).containsExactly(1);
    assertThat(plan.followers(2)).containsExactly(3);
    assertThat(plan.waits(1)).isOne();
    assertThat(plan.waits(2)).isZero();
  }

  @Test
  void namesThatAreNotInTheChainOrderNothing() {
    assertThat(plan(after("a", "missing"), before("b", "missing")).order()).containsExactly(0, 1);
  }

  @Test
  void hooksOfAGroupFollowOneAnother() {
    var plan = plan(in("g", "a"), hook("b"), in("g", "c"), in("h", "d"), in("g", "e"));
    assertThat(plan.followers(0)).containsExactly(2);
    assertThat(plan.followers(2)).containsExactly(4);
    assertThat(plan.previousInGroup(4)).isEqualTo(2);
    assertThat(plan.previousInGroup(0)).isEqualTo(ChainPlan.NONE);
    assertThat(plan.waits(3)).isZero();
  }

  @Test
  void aGroupIsNamedLikeAHook() {
    var plan = plan(after("a", "g"), in("g", "b"), in("g", "c"));
    assertThat(plan.order()).containsExactly(1, 2, 0);
    assertThat(plan.waits(2)).isEqualTo(2);
  }

  /** The order inside a group is that of the chain: it cannot contradict an after. */
  @Test
  void aGroupKeepsToBeforesAndAfters() {
    var first = hook("first", Set.of(), Set.of("second"), "g");
    var plan = plan(first, in("g", "second"));
    assertThat(plan.order()).containsExactly(1, 0);
    assertThat(plan.previousInGroup(1)).isZero();
    assertThat(plan.waits(1)).isOne();
    assertThat(plan.cycle(0)).isEmpty();
  }

  @Test
  void hooksOnACycleAreNamedAndOrderNothing() {
    var plan = plan(before("a", "b"), before("b", "c"), before("c", "a"), after("d", "a"));
    assertThat(plan.cycle(0)).isEqualTo("a before b before c before a");
    assertThat(plan.cycle(1)).isEqualTo(plan.cycle(0));
    assertThat(plan.cycle(3)).isEmpty();
    assertThat(plan.order()).containsExactly(0, 1, 2, 3);
    assertThat(plan.waits(3)).isZero();
  }

  @Test
  void severalCyclesAreAllFound() {
    var plan = plan(before("a", "b"), before("b", "a"), after("c", "d"), after("d", "c"));
    for (int i = 0; i < 4; i++) {
      assertThat(plan.cycle(i)).isNotEmpty();
    }
  }
}
