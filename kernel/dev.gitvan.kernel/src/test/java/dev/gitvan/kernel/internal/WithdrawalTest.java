package dev.gitvan.kernel.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.kernel.internal.swap.Activity;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.kernel.internal.swap.Swaps;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contributions while their bundle is replaced, as activities see them. */
@Timeout(60)
class WithdrawalTest {
  private static final long OLD = 1;
  private static final long UPDATED = 9;

  private final Kernel kernel = new Kernel();
  private final Contributions<Callable<String>, String> contributions =
      new Contributions<>(
          kernel,
          "test",
          offer -> offer.properties().get("name").toString(),
          name -> name,
          () -> {});
  private final Offers<Callable<String>> old = offer("job", "1.0.0", OLD);
  private final Offers<Callable<String>> updated = offer("job", "1.1.0", UPDATED);

  private static Offers<Callable<String>> offer(String name, String version, long bundleId) {
    return Offers.<Callable<String>>of(() -> name + " " + version)
        .with("name", name)
        .bundle("a", version, bundleId);
  }

  private Activity begin() throws Exception {
    return kernel.activities().begin("run", null);
  }

  /** What a thread does that works for an activity. */
  private <R> R within(Activity activity, Supplier<R> work) {
    try (var binding = kernel.activities().bind(activity)) {
      return work.get();
    }
  }

  private Optional<Contribution<Callable<String>, String>> find(Activity activity) {
    return within(activity, () -> contributions.find("job"));
  }

  /** Calls what the registry gives an activity for a name; what failed is the answer. */
  private String call(Activity activity, String name) {
    return within(
        activity,
        () ->
            contributions
                .findFor(activity, name)
                .map(found -> found.plugin().call(Callable::call))
                .map(answer -> answer.failure() == null ? answer.value() : answer.failure() + "")
                .orElse("not found"));
  }

  private String call(Activity activity) {
    return call(activity, "job");
  }

  @Test
  void onlyActivitiesThatBeganBeforeUseWhatIsWithdrawn() throws Exception {
    contributions.add(old.offer());
    var plugin = contributions.active().get(0).plugin();
    var before = begin();
    Swaps.withdraw(kernel, OLD, false);
    var after = begin();

    assertThat(call(before)).isEqualTo("job 1.0.0");
    assertThat(find(before)).isPresent();
    assertThat(find(after)).isEmpty();
    assertThat(find(null)).isEmpty();
    // Also who has it in hand already.
    assertThat(within(before, plugin::hold)).isSameAs(Hold.BY_ACTIVITY);
    assertThat(within(after, plugin::hold)).isNull();
    assertThat(within(after, () -> plugin.call(Callable::call)).isGone()).isTrue();
    assertThat(contributions.active()).isEmpty();
    assertThat(contributions.isSettled()).isFalse();
    assertThat(contributions.rejections())
        .extracting(Rejection::code)
        .containsExactly(Contributions.WITHDRAWN);
  }

  @Test
  void whatIsStillRegisteredAfterASwapIsInServiceAgain() throws Exception {
    contributions.add(old.offer());
    Swaps.withdraw(kernel, OLD, true);
    assertThat(contributions.retire(OLD)).isTrue();
    Swaps.settle(kernel, OLD);

    assertThat(call(begin())).isEqualTo("job 1.0.0");
    assertThat(contributions.isSettled()).isTrue();
    assertThat(contributions.rejections()).isEmpty();
  }

  @Test
  void activitiesWaitForABundleThatReturns() throws Exception {
    contributions.add(old.offer());
    var before = begin();
    Swaps.withdraw(kernel, OLD, true);
    var after = begin();
    assertThat(contributions.isReturning()).isTrue();
    assertThat(call(before)).isEqualTo("job 1.0.0");

    var waiting = Threads.start(() -> call(after)).awaitBlocked();
    contributions.remove(old);
    contributions.add(offer("job", "1.0.1", OLD).offer());
    waiting.awaitBlocked();
    assertThat(waiting.result()).isNotDone();
    Swaps.settle(kernel, OLD);

    assertThat(waiting.join()).isEqualTo("job 1.0.1");
    assertThat(contributions.isReturning()).isFalse();
  }

  @Test
  void waitEndsWithoutTheBundleWhenItDoesNotReturn() throws Exception {
    contributions.add(old.offer());
    Swaps.withdraw(kernel, OLD, true);
    var after = begin();
    var waiting = Threads.start(() -> call(after)).awaitBlocked();
    contributions.remove(old);
    Swaps.settle(kernel, OLD);

    assertThat(waiting.join()).isEqualTo("not found");
  }

  @Test
  void nobodyWaitsForAStoppedKernelOrForHimself() throws Exception {
    contributions.add(old.offer());
    Swaps.withdraw(kernel, OLD, true);
    Swaps.swapping(kernel, () -> assertThat(contributions.find("job")).isEmpty());
    var waiting = Threads.start(() -> contributions.find("job")).awaitBlocked();
    kernel.activities().end();

    assertThat(waiting.join()).isEmpty();
    assertThat(contributions.find("job")).isEmpty();
  }

  @Test
  void whatIsHeldIsNotRetired() throws Exception {
    contributions.add(old.offer());
    var user = begin();
    var late = begin();
    call(user);
    Swaps.withdraw(kernel, OLD, false);

    assertThat(contributions.isIdle(OLD)).isFalse();
    assertThat(contributions.retire(OLD)).isFalse();
    assertThat(call(user)).isEqualTo("job 1.0.0");

    user.close();
    assertThat(contributions.isIdle(OLD)).isTrue();
    assertThat(contributions.retire(OLD)).isTrue();
    assertThat(old.out).hasValue(0);
    assertThat(call(late)).isEqualTo("not found");

    contributions.revive(OLD);
    assertThat(call(late)).isEqualTo("job 1.0.0");
    assertThat(contributions.retire(OLD)).isFalse();
  }

  @Test
  void callWithoutAnActivityIsWaitedFor() {
    contributions.add(old.offer());
    var hold = contributions.active().get(0).plugin().hold();
    Swaps.withdraw(kernel, OLD, false);
    assertThat(contributions.retire(OLD)).isFalse();

    hold.close();
    assertThat(contributions.retire(OLD)).isTrue();
  }

  @Test
  void bundleThatIsRemovedByForceIsLostForThoseWhoUseIt() throws Exception {
    contributions.add(old.offer());
    var user = begin();
    var other = begin();
    call(user);
    contributions.remove(old);

    assertThat(user.lost()).containsExactly("a 1.0.0");
    assertThat(other.lost()).isEmpty();
    user.close();
    assertThat(old.out).hasValue(0);
  }

  @Test
  void bundleThatIsRemovedAfterASwapIsNotLost() throws Exception {
    contributions.add(old.offer());
    contributions.add(updated.offer());
    var user = begin();
    call(user);
    Swaps.withdraw(kernel, UPDATED, false);
    contributions.remove(updated);

    assertThat(user.lost()).isEmpty();
  }

  @Test
  void activityStaysOnTheVersionThatItUsed() throws Exception {
    contributions.add(old.offer());
    contributions.add(offer("other", "1.0.0", OLD).offer());
    var user = begin();
    var idle = begin();
    call(user);
    contributions.add(updated.offer());
    contributions.add(offer("other", "1.1.0", UPDATED).offer());
    var after = begin();

    assertThat(call(user)).isEqualTo("job 1.0.0");
    assertThat(call(user, "other")).isEqualTo("other 1.0.0");
    for (var activity : new Activity[] {idle, after, null}) {
      assertThat(call(activity)).isEqualTo("job 1.1.0");
      assertThat(call(activity, "other")).isEqualTo("other 1.1.0");
    }

    Swaps.withdraw(kernel, OLD, false);
    assertThat(call(user)).isEqualTo("job 1.0.0");
    assertThat(call(user, "other")).isEqualTo("other 1.0.0");
    assertThat(find(user).orElseThrow()).hasToString("job of a 1.1.0");
  }
}
