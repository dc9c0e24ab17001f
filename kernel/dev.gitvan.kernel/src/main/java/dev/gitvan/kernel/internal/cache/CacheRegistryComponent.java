package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.Cache;
import dev.gitvan.cache.CacheCheck;
import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.cache.CacheStats;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.config.Configurations;
import dev.gitvan.diagnostics.DebugLines;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.home.GitVanHome;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.repository.RepositoryId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The cache registry. */
@Component(
    name = "dev.gitvan.kernel.caches",
    service = {CacheRegistry.class, RejectionSource.class})
@Designate(ocd = CacheRegistryComponent.Config.class)
public final class CacheRegistryComponent implements CacheRegistry, RejectionSource {
  /** Settings. */
  @ObjectClassDefinition(name = "GitVan caches")
  public @interface Config {
    /** Values that may wait to be written to lower tiers, in all caches together. */
    @AttributeDefinition
    int pendingWrites() default 1024;

    /** How long writing them may take when the registry stops, in milliseconds. */
    @AttributeDefinition
    long stopMillis() default 5000;
  }

  /** Receive the state of the heap and its events. */
  @Reference(
      target = "(" + DebugLines.PART + "=memory)",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  volatile List<DebugLines> debugging = List.of();

  private final BundleContext context;
  private final Caches caches;

  @Activate
  public CacheRegistryComponent(
      BundleContext context,
      Config config,
      @Reference Kernel kernel,
      @Reference Metrics metrics,
      @Reference Configurations configurations) {
    this.context = context;
    this.caches =
        new Caches(
            kernel,
            () -> metrics,
            () -> configurations,
            Math.max(1, config.pendingWrites()),
            Duration.ofMillis(Math.max(0, config.stopMillis())),
            counters(context),
            this::debug);
  }

  private void debug(Supplier<String> line) {
    for (var lines : debugging) {
      lines.line(line.get());
    }
  }

  private static CounterFile counters(BundleContext context) {
    var state = GitVanHome.of(context::getProperty).state();
    return new CounterFile(state.resolve("cache-counters"), Clock.systemUTC());
  }

  @Reference(
      name = "tiers",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addTier(ServiceReference<CacheTier> reference) {
    caches.add(Offer.of(context, reference));
  }

  void updatedTier(ServiceReference<CacheTier> reference) {
    caches.add(Offer.of(context, reference));
  }

  void removeTier(ServiceReference<CacheTier> reference) {
    caches.remove(reference);
  }

  @Deactivate
  void deactivate() {
    caches.close();
  }

  @Override
  public <K, V> Cache<K, V> cache(CacheSpec<K, V> spec) {
    return caches.cache(spec);
  }

  @Override
  public List<CacheStats> stats() {
    return caches.stats();
  }

  @Override
  public List<CacheStats> history(RepositoryId repository) {
    return caches.history(repository);
  }

  @Override
  public void clear(String name) {
    caches.clear(name);
  }

  @Override
  public void clear(String name, RepositoryId repository) {
    caches.clear(name, repository);
  }

  @Override
  public List<CacheCheck> verify(RepositoryId repository) {
    return caches.verify(repository);
  }

  @Override
  public List<Rejection> rejections() {
    return caches.rejections();
  }
}
