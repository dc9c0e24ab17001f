package dev.gitvan.kernel.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.kernel.internal.swap.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ContributionsTest {
  private static final List<List<Integer>> ORDERS =
      List.of(
          List.of(0, 1, 2),
          List.of(0, 2, 1),
          List.of(1, 0, 2),
          List.of(1, 2, 0),
          List.of(2, 0, 1),
          List.of(2, 1, 0));

  private final Kernel kernel = new Kernel();
  private final List<String> told = new ArrayList<>();
  private final Contributions<Runnable, String> contributions =
      new Contributions<>(
          kernel,
          "test",
          offer -> {
            var name = offer.properties().get("name");
            if (name == null) {
              throw new InvalidExtensionException("NAME_MISSING", "it has no name");
            }
            return name.toString();
          },
          name -> name,
          () -> told.add("changed"));

  private static Offers<Runnable> named(String name) {
    return Offers.<Runnable>of(() -> {}).with("name", name);
  }

  private List<String> active() {
    return contributions.active().stream()
        .map(c -> c.name() + " of " + c.plugin().bundle())
        .toList();
  }

  private List<String> codes() {
    return contributions.rejections().stream().map(Rejection::code).toList();
  }

  @Test
  void ordersByRankingThenByServiceId() {
    var first = named("first").bundle("a", "1", 1);
    var second = named("second").bundle("b", "1", 2);
    contributions.add(second.offer());
    contributions.add(named("high").ranking(10).bundle("c", "1", 3).offer());
    contributions.add(first.offer());
    contributions.add(named("low").ranking(-1).bundle("d", "1", 4).offer());

    assertThat(active())
        .containsExactly(
            "high of c 1.0.0", "first of a 1.0.0", "second of b 1.0.0", "low of d 1.0.0");
    assertThat(told).hasSize(4);
  }

  @Test
  void newestVersionOfABundleShadowsTheOthersNameByName() {
    var old = named("job").ranking(100).bundle("a", "1.0.0", 1);
    contributions.add(old.offer());
    contributions.add(named("onlyOld").bundle("a", "1.0.0", 1).offer());
    contributions.add(named("job").bundle("a", "1.1.0", 9).offer());

    assertThat(active()).containsExactlyInAnyOrder("job of a 1.1.0", "onlyOld of a 1.0.0");
    assertThat(codes()).containsExactly(Contributions.SHADOWED);

    contributions.remove(old);
    assertThat(active()).containsExactlyInAnyOrder("job of a 1.1.0", "onlyOld of a 1.0.0");
    assertThat(codes()).isEmpty();
  }

  @Test
  void oldVersionReturnsWhenTheNewOneGoes() {
    var updated = named("job").bundle("a", "2", 9);
    contributions.add(named("job").bundle("a", "1", 1).offer());
    contributions.add(updated.offer());
    contributions.remove(updated);

    assertThat(active()).containsExactly("job of a 1.0.0");
  }

  /**
   * Rankings alone would put the old version before the other bundle, that before the new version,
   * and the new version before the old one.
   *
   * <p>Shown to fail when the version counts only where two contributions are compared.
   */
  @Test
  void precedenceDoesNotDependOnTheOrderOfInsertion() {
    for (int old = -1; old <= 1; old++) {
      for (int other = -1; other <= 1; other++) {
        for (int updated = -1; updated <= 1; updated++) {
          var offers =
              List.of(
                  named("job").ranking(old).bundle("a", "1.0.0", 1),
                  named("job").ranking(other).bundle("b", "1.0.0", 5),
                  named("job").ranking(updated).bundle("a", "1.1.0", 9));
          var expected =
              updated >= other
                  ? List.of("job of a 1.1.0", "job of b 1.0.0")
                  : List.of("job of b 1.0.0", "job of a 1.1.0");
          for (var order : ORDERS) {
            order.forEach(i -> contributions.add(offers.get(i).offer()));
            assertThat(active())
                .as("rankings %d, %d, %d added as %s", old, other, updated, order)
                .isEqualTo(expected);
            assertThat(contributions.find("job").orElseThrow())
                .hasToString(expected.get(0))
                .isSameAs(contributions.active().get(0));
            assertThat(codes()).containsExactly(Contributions.SHADOWED);
            offers.forEach(contributions::remove);
          }
        }
      }
    }
  }

  @Test
  void ofEqualRankingTheBundleInstalledFirstKeepsTheName() {
    var updated = named("job").bundle("a", "1.1.0", 9);
    var old = named("job").bundle("a", "1.0.0", 3);
    contributions.add(named("job").bundle("b", "1.0.0", 5).offer());
    contributions.add(old.offer());
    assertThat(active()).containsExactly("job of a 1.0.0", "job of b 1.0.0");

    contributions.add(updated.offer());
    assertThat(active()).containsExactly("job of a 1.1.0", "job of b 1.0.0");
    contributions.remove(old);
    assertThat(active()).containsExactly("job of a 1.1.0", "job of b 1.0.0");

    // Also when nothing of it is left for a while.
    contributions.remove(updated);
    contributions.add(named("job").bundle("a", "1.2.0", 12).offer());
    assertThat(active()).containsExactly("job of a 1.2.0", "job of b 1.0.0");
  }

  @Test
  void keepsWhatItRejectsWithTheReasonInOrder() {
    var broken = Offers.<Runnable>of(() -> {}).with("component.name", "org.example.Broken");
    contributions.add(broken.offer());
    contributions.add(Offers.<Runnable>of(() -> {}).offer());

    assertThat(contributions.active()).isEmpty();
    assertThat(contributions.rejections().get(0))
        .isEqualTo(
            new Rejection(
                "test",
                "org.example.Broken",
                "org.example.plugin 1.0.0",
                "NAME_MISSING",
                "it has no name"));
    contributions.remove(broken);
    assertThat(contributions.rejections()).hasSize(1);
  }

  @Test
  void quarantineLastsUntilItIsOfferedAnew() {
    var offer = named("job");
    contributions.add(offer.offer());
    contributions.quarantine(c -> c.name().equals("job"), "it hangs");

    assertThat(contributions.active()).isEmpty();
    assertThat(codes()).containsExactly(Contributions.QUARANTINED);

    contributions.remove(offer);
    contributions.add(named("job").offer());
    assertThat(active()).hasSize(1);
    assertThat(codes()).isEmpty();
  }

  @Test
  void callInFlightKeepsItsServiceAndGivesItBackAtItsEnd() throws Exception {
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var offer = named("job");
    contributions.add(offer.offer());
    var plugin = contributions.active().get(0).plugin();
    var thread =
        new Thread(
            () ->
                plugin.call(
                    service -> {
                      inside.countDown();
                      go.await();
                      return null;
                    }));
    thread.start();
    inside.await();

    contributions.remove(offer);
    assertThat(offer.out).hasValue(1);

    go.countDown();
    thread.join();
    assertThat(offer.out).hasValue(0);
    assertThat(plugin.call(service -> "late").isGone()).isTrue();
  }

  @Test
  void fetchesTheServiceOnceForManyCalls() {
    var offer = named("job");
    contributions.add(offer.offer());
    var plugin = contributions.active().get(0).plugin();
    assertThat(offer.out).hasValue(0);

    plugin.call(service -> null);
    plugin.call(service -> null);
    assertThat(offer.out).hasValue(1);
  }

  @Test
  void isolatesWhatAPluginThrowsAndRestoresTheClassLoader() {
    contributions.add(named("job").offer());
    var plugin = contributions.active().get(0).plugin();
    var before = Thread.currentThread().getContextClassLoader();

    var answer =
        plugin.call(
            service -> {
              Thread.currentThread().setContextClassLoader(null);
              throw new NoClassDefFoundError("org/example/Missing");
            });

    assertThat(answer.failure()).isInstanceOf(NoClassDefFoundError.class);
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void serviceThatCannotBeActivatedIsGone() {
    contributions.add(Offers.<Runnable>of(null).with("name", "job").offer());

    assertThat(contributions.active().get(0).plugin().call(s -> "x").isGone()).isTrue();
  }
}
