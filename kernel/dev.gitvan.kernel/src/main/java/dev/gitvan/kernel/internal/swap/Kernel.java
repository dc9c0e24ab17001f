package dev.gitvan.kernel.internal.swap;

import dev.gitvan.extension.Selection;
import dev.gitvan.repository.WorktreeId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * What the parts of one kernel share: its activities and its registries. Only this bundle uses the
 * service. Safe for any thread.
 */
@Component(service = Kernel.class, immediate = true)
public final class Kernel {
  private final Activities activities = new Activities();
  private final List<Swappable> registries = new CopyOnWriteArrayList<>();

  /** Threads that read the user's configuration, which may itself ask a registry. */
  private final Set<Thread> reading = ConcurrentHashMap.newKeySet();

  private volatile Supplier<Map<String, String>> replacements = Map::of;
  private volatile Function<WorktreeId, Selection> selections = worktree -> Selection.ALL;

  /** For a kernel without a framework. */
  public Kernel() {}

  /** Holds everything back while the swap goes on in which this kernel, or an API, is replaced. */
  @Activate
  public Kernel(BundleContext context) throws InvalidSyntaxException {
    var filter = "(" + Bundles.SWAPPING + "=*)";
    ServiceListener ended =
        event -> {
          if (event.getType() == ServiceEvent.UNREGISTERING) {
            activities.openGate();
          }
        };
    context.addServiceListener(ended, filter);
    if (context.getAllServiceReferences(null, filter) != null) {
      activities.closeGate();
      if (context.getAllServiceReferences(null, filter) == null) {
        activities.openGate();
      }
    }
  }

  public Activities activities() {
    return activities;
  }

  /** Nothing begins here any more; waiting threads ask the next kernel. */
  @Deactivate
  void stop() {
    activities.end();
  }

  /** The registries, of which a swap withdraws contributions. */
  List<Swappable> registries() {
    return registries;
  }

  public void add(Swappable registry) {
    registries.add(registry);
  }

  public void remove(Swappable registry) {
    registries.remove(registry);
  }

  /**
   * Sets where the configuration is read.
   *
   * @param replacements what plugins may replace: by {@code KIND:NAME} the plugin's symbolic name
   * @param selections what worktrees select
   */
  public void configure(
      Supplier<Map<String, String>> replacements, Function<WorktreeId, Selection> selections) {
    this.replacements = replacements;
    this.selections = selections;
  }

  /** What the user allows plugins to replace; empty while the configuration is being read. */
  public Map<String, String> replacements() {
    return guarded(replacements, Map.of());
  }

  /** The plugins that a worktree selects. */
  public Selection selection(WorktreeId worktree) {
    return guarded(() -> selections.apply(worktree), Selection.ALL);
  }

  private <T> T guarded(Supplier<T> read, T otherwise) {
    if (!reading.add(Thread.currentThread())) {
      return otherwise;
    }
    try {
      return read.get();
    } finally {
      reading.remove(Thread.currentThread());
    }
  }

  /** Whether this thread may wait for a swap: not the one that carries it out. */
  public boolean mayWait() {
    return !activities.isOver() && !activities.isSwapping();
  }

  /**
   * Waits while a condition holds that the end of a swap ends. Swaps are bounded, and so is this.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code INTERRUPTED}
   */
  public void awaitSwap(BooleanSupplier pending) {
    try {
      activities.await(() -> !pending.getAsBoolean() || activities.isOver(), null);
    } catch (InterruptedException e) {
      throw Activities.interrupted("gitvan");
    }
  }
}
