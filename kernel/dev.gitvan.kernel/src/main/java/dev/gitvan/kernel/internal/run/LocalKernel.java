package dev.gitvan.kernel.internal.run;

import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.config.Configurations;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.document.Documents;
import dev.gitvan.extension.BundleSettings;
import dev.gitvan.extension.Selection;
import dev.gitvan.hook.HookRegistry;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.hook.spi.HookPointProvider;
import dev.gitvan.hook.spi.HookSource;
import dev.gitvan.job.JobRegistry;
import dev.gitvan.job.JobRunner;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.JobSource;
import dev.gitvan.job.spi.RunTransactions;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.OfferedRegistry;
import dev.gitvan.kernel.internal.cache.Caches;
import dev.gitvan.kernel.internal.hook.Hooks;
import dev.gitvan.kernel.internal.job.Jobs;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The kernel's registries and its runner without a framework: contributions are offered to it. Safe
 * for any thread.
 */
public final class LocalKernel implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final int HOOK_THREADS = 32;
  private static final int PENDING_WRITES = 1024;

  private final Kernel kernel = new Kernel();
  private final OfferedRegistry extensions = new OfferedRegistry(kernel);
  private final Map<Class<?>, Consumer<Offer<?>>> registries = new HashMap<>();
  private final Jobs jobs;
  private final Hooks hooks;
  private final Caches caches;
  private final Runner runner;

  /**
   * @param metrics asked from the first contribution on
   * @param configurations as {@code metrics}
   */
  public LocalKernel(
      Documents documents,
      Supplier<Metrics> metrics,
      Supplier<Configurations> configurations,
      RunTransactions transactions) {
    kernel.configure(
        () -> configurations.get().ofUser().get(BundleSettings.REPLACE),
        worktree -> Selection.of(configurations.get().load(worktree)));
    this.jobs = new Jobs(kernel, documents, worktree -> configurations.get().load(worktree));
    this.hooks = new Hooks(kernel, metrics, HOOK_THREADS, GRACE);
    this.caches = new Caches(kernel, metrics, configurations, PENDING_WRITES, STOP);
    route(Job.class, jobs::add);
    route(JobSource.class, jobs::addSource);
    route(Hook.class, hooks::add);
    route(HookPointProvider.class, hooks::addPoint);
    route(HookSource.class, hooks::addSource);
    route(CacheTier.class, caches::add);
    var clock = InstantSource.system();
    var store = new LocalRunStore(() -> documents, clock, Owner.self(Host.name()));
    this.runner =
        new Runner(
            new Surroundings(
                kernel,
                () -> jobs,
                () -> hooks,
                metrics,
                () -> transactions,
                new Ulids(clock)::next,
                clock,
                GRACE,
                Host.name(),
                "local"),
            configurations,
            () -> documents,
            configuration -> store,
            new Runner.Shutdown(STOP, () -> "the kernel was closed"));
  }

  @SuppressWarnings("unchecked") // Offers are looked up by their type.
  private <S> void route(Class<S> type, Consumer<Offer<S>> registry) {
    registries.put(type, offer -> registry.accept((Offer<S>) offer));
  }

  /** Offers a service of any type that the kernel, or an opened extension point, accepts. */
  public <S> void add(Class<S> type, Offer<S> offer) {
    var registry = registries.get(type);
    if (registry == null) {
      extensions.add(type, offer);
    } else {
      registry.accept(offer);
    }
  }

  public OfferedRegistry extensions() {
    return extensions;
  }

  public JobRegistry jobs() {
    return jobs;
  }

  public HookRegistry hooks() {
    return hooks;
  }

  public CacheRegistry caches() {
    return caches;
  }

  public JobRunner runner() {
    return runner;
  }

  /** What any registry has rejected. */
  public List<Rejection> rejections() {
    var all = new ArrayList<>(jobs.rejections());
    all.addAll(hooks.rejections());
    all.addAll(caches.rejections());
    all.addAll(extensions.rejections());
    return all;
  }

  @Override
  public void close() {
    runner.close();
    hooks.close();
    caches.close();
    jobs.close();
  }
}
