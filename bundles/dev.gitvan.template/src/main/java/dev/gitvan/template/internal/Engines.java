package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.Selection;
import dev.gitvan.template.spi.TemplateEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The engines that are installed, by name and by file extension; the extension point's order says
 * which one wins. Safe for any thread.
 */
final class Engines {
  private final ExtensionPoint<TemplateEngine, InstalledEngine.Properties> point;
  private final Function<Extension<?, ?>, Supplier<String>> identities;
  private final Selection selection;

  /** The engines of other selections. */
  private final Map<Selection, Engines> others = new ConcurrentHashMap<>();

  private volatile Snapshot snapshot =
      new Snapshot(List.of(), Map.of(), Map.of(), Map.of(), List.of());

  /**
   * @param list what the extension point listed
   * @param known by service id
   */
  private record Snapshot(
      List<?> list,
      Map<Long, InstalledEngine> known,
      Map<String, InstalledEngine> byName,
      Map<String, InstalledEngine> byExtension,
      List<Rejection> rejections) {}

  /**
   * @param identities what the outputs of an engine depend on
   */
  Engines(
      ExtensionPoint<TemplateEngine, InstalledEngine.Properties> point,
      Function<Extension<?, ?>, Supplier<String>> identities) {
    this(point, identities, Selection.ALL);
  }

  private Engines(
      ExtensionPoint<TemplateEngine, InstalledEngine.Properties> point,
      Function<Extension<?, ?>, Supplier<String>> identities,
      Selection selection) {
    this.point = point;
    this.identities = identities;
    this.selection = selection;
  }

  /** The engines that a worktree selects. */
  Engines selecting(Selection wanted) {
    return wanted.equals(selection)
        ? this
        : others.computeIfAbsent(wanted, each -> new Engines(point, identities, each));
  }

  /**
   * The engines that have been used and are not in service any more. Forgets other selections, so
   * that none keeps an engine that was removed.
   */
  List<InstalledEngine> gone() {
    var gone = new ArrayList<InstalledEngine>();
    snapshot.known().values().stream().filter(InstalledEngine::isGone).forEach(gone::add);
    others.values().forEach(engines -> gone.addAll(engines.gone()));
    others.clear();
    return gone;
  }

  private Snapshot current() {
    var list = point.list(selection);
    var now = snapshot;
    if (now.list() != list) {
      now = arrange(list, now.known());
      snapshot = now;
    }
    return now;
  }

  private Snapshot arrange(
      List<Extension<TemplateEngine, InstalledEngine.Properties>> list,
      Map<Long, InstalledEngine> before) {
    var known = new HashMap<Long, InstalledEngine>();
    var byName = new TreeMap<String, InstalledEngine>();
    var byExtension = new HashMap<String, InstalledEngine>();
    var rejections = new ArrayList<Rejection>();
    for (var extension : list) {
      var engine = before.get(extension.serviceId());
      if (engine == null || engine.extension() != extension) {
        engine = new InstalledEngine(extension, identities.apply(extension));
      }
      known.put(engine.id(), engine);
      var winner = byName.putIfAbsent(engine.name(), engine);
      if (winner != null) {
        rejections.add(
            new Rejection(
                "template",
                engine.name(),
                engine.bundle(),
                "SHADOWED",
                winner.bundle() + " provides an engine of that name"));
        continue;
      }
      for (var fileExtension : engine.extensions()) {
        byExtension.putIfAbsent(fileExtension, engine);
      }
    }
    return new Snapshot(list, known, byName, byExtension, List.copyOf(rejections));
  }

  /**
   * The engine of a name.
   *
   * @throws GitVanException {@code TEMPLATE_NO_ENGINE}
   */
  InstalledEngine named(String name) {
    return named(current(), name);
  }

  private static InstalledEngine named(Snapshot now, String name) {
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
                  ? "Install a bundle that provides it."
                  : "Installed: " + String.join(", ", now.byName().keySet()) + "."));
    }
    return engine;
  }

  /** The engine that takes a file: by its last extension, else the default. */
  InstalledEngine forFile(String file, String defaultEngine) {
    var now = current();
    int dot = file.lastIndexOf('.');
    var engine = dot < 0 ? null : now.byExtension().get(file.substring(dot + 1));
    return engine == null ? named(now, defaultEngine) : engine;
  }

  /** Engines by the names that no contribution of a kind can have, because they use them. */
  Map<String, String> reserved(ExtensionKind<?> kind) {
    var owners = new HashMap<String, String>();
    for (var engine : current().byName().values()) {
      var names = engine.extension().call(kind.reserved()::apply);
      if (names.failure() == null) {
        names.value().forEach(name -> owners.putIfAbsent(name, engine.name()));
      }
    }
    return owners;
  }

  /** The same object until an engine comes or goes. */
  Object state() {
    return current();
  }

  List<Rejection> rejections() {
    var all = new ArrayList<>(point.rejections());
    all.addAll(current().rejections());
    return all;
  }

  void close() {
    point.close();
  }
}
