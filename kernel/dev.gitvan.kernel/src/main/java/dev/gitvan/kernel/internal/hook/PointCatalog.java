package dev.gitvan.kernel.internal.hook;

import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.hook.BuiltInHookPoints;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.HookPoint;
import dev.gitvan.hook.HookReport.Answer;
import dev.gitvan.hook.spi.HookPointProvider;
import dev.gitvan.kernel.internal.Contribution;
import dev.gitvan.kernel.internal.Contributions;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.Properties;
import dev.gitvan.kernel.internal.swap.Kernel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The hook points: the built-in ones, which nobody can replace, and those of bundles. */
final class PointCatalog {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Contributions<HookPointProvider, String> providers;
  private final ChainRunner runner;
  private volatile Snapshot snapshot = Snapshot.EMPTY;

  /**
   * @param list what was contributed
   * @param failed the contributions that describe no point
   */
  private record Snapshot(
      List<Contribution<HookPointProvider, String>> list,
      Map<String, HookPoint> points,
      List<Rejection> failed) {
    static final Snapshot EMPTY = new Snapshot(List.of(), Map.of(), List.of());
  }

  PointCatalog(Kernel kernel, ChainRunner runner) {
    this.providers =
        new Contributions<>(kernel, "hook point", PointCatalog::name, name -> name, this::forget);
    this.runner = runner;
  }

  /** Keeps nothing of a bundle that may be gone; the next question reads the rest again. */
  private void forget() {
    snapshot = Snapshot.EMPTY;
  }

  private static String name(Offer<HookPointProvider> offer) throws InvalidExtensionException {
    var name = new Properties(offer.properties(), "gitvan.hook.point.").text("name", "");
    if (BuiltInHookPoints.names().contains(name)) {
      throw new InvalidExtensionException(
          Contributions.NAME_OWNED, name + " is a built-in hook point");
    }
    if (!HookPoint.isExtensionName(name)) {
      throw new InvalidExtensionException(
          "NAME_INVALID",
          "a hook point needs @GitVanHookPoint(name = ...) with a name such as release:before");
    }
    return name;
  }

  Contributions<HookPointProvider, String> providers() {
    return providers;
  }

  /** The point of a name; waits while the bundle that contributes it is being replaced. */
  Optional<HookPoint> find(String name) {
    return BuiltInHookPoints.find(name).or(() -> Optional.ofNullable(current().points().get(name)));
  }

  /** GitVan's points, Git's, and those of bundles by name. */
  List<HookPoint> all() {
    var all = new ArrayList<>(BuiltInHookPoints.all());
    all.addAll(current().points().values());
    return all;
  }

  Set<String> names() {
    var names = new TreeSet<>(BuiltInHookPoints.names());
    names.addAll(current().points().keySet());
    return names;
  }

  /** What to say of a name that no point has, two sentences. */
  static String unknown(String name, Set<String> names) {
    return "there is no hook point "
        + name
        + ". "
        + Nearest.sentence(name, names, "Install the bundle that contributes it.");
  }

  List<Rejection> rejections() {
    var now = current();
    var all = new ArrayList<>(providers.rejections());
    var owners = new LinkedHashMap<String, String>();
    for (var provider : now.list()) {
      var owner = owners.putIfAbsent(provider.name(), provider.bundle());
      if (owner != null) {
        all.add(rejection(provider, Contributions.SHADOWED, owner + " contributes it already"));
      }
    }
    all.addAll(now.failed());
    return all;
  }

  private Snapshot current() {
    var list = providers.usable();
    var now = snapshot;
    if (now.list() != list) {
      now = read(list);
      snapshot = now;
    }
    return now;
  }

  private Snapshot read(List<Contribution<HookPointProvider, String>> list) {
    var first = new LinkedHashMap<String, Question<HookPointProvider, HookPoint>>();
    for (var provider : list) {
      first.computeIfAbsent(
          provider.name(), name -> new Question<>(providers, provider, HookPointProvider::point));
    }
    var points = new TreeMap<String, HookPoint>();
    var failed = new ArrayList<Rejection>();
    var questions = List.copyOf(first.values());
    var calls = ask(questions);
    for (int i = 0; i < questions.size(); i++) {
      var provider = questions.get(i).asked();
      var point = questions.get(i).reply();
      if (point == null) {
        var reason = "its point() " + failure(calls.get(i).answer());
        failed.add(rejection(provider, "POINT_FAILED", reason));
      } else if (!point.name().equals(provider.name())) {
        failed.add(
            rejection(provider, "NAME_MISMATCH", "its point() has the name " + point.name()));
      } else {
        points.put(point.name(), point);
      }
    }
    return new Snapshot(list, points, failed);
  }

  private List<HookCall> ask(List<Question<HookPointProvider, HookPoint>> questions) {
    return questions.isEmpty()
        ? List.of()
        : runner.run(
            questions, ChainPlan.of(questions), false, System.nanoTime() + LIMIT.toNanos(), LIMIT);
  }

  private static String failure(Answer answer) {
    return answer.outcome() instanceof HookOutcome.Failed failed
        ? failed.problem().what()
        : "did not return in time";
  }

  private static Rejection rejection(
      Contribution<HookPointProvider, String> provider, String code, String reason) {
    return new Rejection("hook point", provider.name(), provider.bundle(), code, reason);
  }
}
