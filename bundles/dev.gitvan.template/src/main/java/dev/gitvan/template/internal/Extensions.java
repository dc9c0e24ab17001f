package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.Selection;
import dev.gitvan.template.spi.TemplateFilter;
import dev.gitvan.template.spi.TemplateFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The filters and functions that bundles contribute, by name. A name that an installed engine uses
 * itself is that engine's. Nothing is asked for until a template calls something that its engine
 * does not know. Safe for any thread.
 */
final class Extensions {
  private final OfKind<TemplateFilter> filters;
  private final OfKind<TemplateFunction> functions;

  /** Those of other selections. */
  private final Map<Selection, Extensions> others = new ConcurrentHashMap<>();

  /**
   * @param engines whose names are reserved
   */
  Extensions(
      ExtensionPoint<TemplateFilter, ExtensionProperties> filters,
      ExtensionPoint<TemplateFunction, ExtensionProperties> functions,
      Engines engines) {
    this(filters, functions, engines, Selection.ALL);
  }

  private Extensions(
      ExtensionPoint<TemplateFilter, ExtensionProperties> filters,
      ExtensionPoint<TemplateFunction, ExtensionProperties> functions,
      Engines engines,
      Selection selection) {
    this.filters = new OfKind<>(ExtensionKind.FILTER, filters, engines, selection);
    this.functions = new OfKind<>(ExtensionKind.FUNCTION, functions, engines, selection);
  }

  /** The filters and functions that a worktree selects. */
  Extensions selecting(Selection wanted) {
    return wanted.equals(filters.selection)
        ? this
        : others.computeIfAbsent(
            wanted,
            each ->
                new Extensions(
                    filters.point, functions.point, filters.engines.selecting(each), each));
  }

  /** The filters by name that this thread may use. */
  Map<String, InstalledExtension<TemplateFilter>> filters() {
    return filters.current().byName();
  }

  /** The functions by name that this thread may use. */
  Map<String, InstalledExtension<TemplateFunction>> functions() {
    return functions.current().byName();
  }

  /** Forgets other selections, so that none keeps what was removed. */
  void changed() {
    others.clear();
  }

  List<Rejection> rejections() {
    var all = new ArrayList<>(filters.rejections());
    all.addAll(functions.rejections());
    return all;
  }

  void close() {
    filters.point.close();
    functions.point.close();
  }

  /**
   * @param list what the extension point listed
   * @param engines the engines' state with which the names were compared
   */
  private record Snapshot<S>(
      List<Extension<S, ExtensionProperties>> list,
      Object engines,
      Map<String, InstalledExtension<S>> byName,
      List<Rejection> rejections) {}

  private static final class OfKind<S> {
    private final ExtensionKind<S> kind;
    private final ExtensionPoint<S, ExtensionProperties> point;
    private final Engines engines;
    private final Selection selection;
    private volatile Snapshot<S> snapshot = new Snapshot<>(List.of(), null, Map.of(), List.of());

    OfKind(
        ExtensionKind<S> kind,
        ExtensionPoint<S, ExtensionProperties> point,
        Engines engines,
        Selection selection) {
      this.kind = kind;
      this.point = point;
      this.engines = engines;
      this.selection = selection;
    }

    Snapshot<S> current() {
      var list = point.list(selection);
      var now = snapshot;
      var state = list.isEmpty() ? null : engines.state();
      if (now.list() != list || now.engines() != state) {
        now = arrange(list, state);
        snapshot = now;
      }
      return now;
    }

    private Snapshot<S> arrange(List<Extension<S, ExtensionProperties>> list, Object state) {
      var byName = new TreeMap<String, InstalledExtension<S>>();
      var rejections = new ArrayList<Rejection>();
      var reserved = list.isEmpty() ? new HashMap<String, String>() : engines.reserved(kind);
      for (var extension : list) {
        var engine = reserved.get(extension.name());
        if (engine != null) {
          rejections.add(
              rejection(
                  extension,
                  "BUILT_IN",
                  "the engine " + engine + " uses that name itself; choose another one"));
          continue;
        }
        var winner =
            byName.putIfAbsent(extension.name(), new InstalledExtension<>(kind, extension));
        if (winner != null) {
          rejections.add(
              rejection(
                  extension,
                  "SHADOWED",
                  winner.extension().bundle() + " provides a " + kind.word() + " of that name"));
        }
      }
      return new Snapshot<>(list, state, byName, List.copyOf(rejections));
    }

    private Rejection rejection(
        Extension<S, ExtensionProperties> extension, String code, String reason) {
      return new Rejection(kind.word(), extension.name(), extension.bundle(), code, reason);
    }

    List<Rejection> rejections() {
      var all = new ArrayList<>(point.rejections());
      all.addAll(current().rejections());
      return all;
    }
  }
}
