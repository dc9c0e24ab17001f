package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The engines that are there, by name and by file extension; see {@link InstalledEngine.Rank} for
 * who wins a name. Readers see an immutable snapshot. Safe for any thread.
 */
final class Engines {
  private final List<InstalledEngine> installed = new ArrayList<>();
  private volatile Snapshot snapshot = new Snapshot(Map.of(), Map.of(), List.of());

  synchronized void add(InstalledEngine engine) {
    installed.add(engine);
    snapshot = snapshotOf(installed);
  }

  synchronized void remove(long id) {
    installed.stream().filter(engine -> engine.id() == id).forEach(e -> e.service().leave());
    installed.removeIf(engine -> engine.id() == id);
    snapshot = snapshotOf(installed);
  }

  private static Snapshot snapshotOf(List<InstalledEngine> installed) {
    var byName = new TreeMap<String, InstalledEngine>();
    var byExtension = new HashMap<String, InstalledEngine>();
    var rejections = new ArrayList<Rejection>();
    installed.stream()
        .sorted((a, b) -> a.rank().compareTo(b.rank()))
        .forEach(
            engine -> {
              var winner = byName.putIfAbsent(engine.name(), engine);
              if (winner != null) {
                rejections.add(
                    new Rejection(
                        "template",
                        engine.name(),
                        engine.bundle(),
                        "SHADOWED",
                        winner.bundle() + " provides an engine of that name"));
                return;
              }
              engine.extensions().forEach(e -> byExtension.putIfAbsent(e, engine));
            });
    return new Snapshot(byName, byExtension, rejections);
  }

  /**
   * The engine of a name.
   *
   * @throws GitVanException {@code TEMPLATE_NO_ENGINE}
   */
  InstalledEngine named(String name) {
    var now = snapshot;
    var engine = now.byName().get(name);
    if (engine == null) {
      throw GitVanException.of(
          Codes.TEMPLATE_NO_ENGINE,
          "templates.engine",
          "no template engine " + name + " is installed",
          Nearest.sentence(
              name,
              now.byName().keySet(),
              now.byName().isEmpty()
                  ? "Install a bundle that has one."
                  : "There is " + String.join(", ", now.byName().keySet()) + "."));
    }
    return engine;
  }

  /** The engine that takes a file: by its last extension, else the default. */
  InstalledEngine forFile(String file, String defaultEngine) {
    int dot = file.lastIndexOf('.');
    var engine = dot < 0 ? null : snapshot.byExtension().get(file.substring(dot + 1));
    return engine == null ? named(defaultEngine) : engine;
  }

  List<Rejection> rejections() {
    return snapshot.rejections();
  }

  private record Snapshot(
      Map<String, InstalledEngine> byName,
      Map<String, InstalledEngine> byExtension,
      List<Rejection> rejections) {}
}
