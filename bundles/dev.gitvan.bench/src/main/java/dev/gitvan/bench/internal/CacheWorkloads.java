package dev.gitvan.bench.internal;

import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * {@code gitvan bench cache}: memory, many threads at once, and the disk with values of 1 KB to 1
 * MB.
 */
@Component(service = WorkloadSet.class)
public final class CacheWorkloads implements WorkloadSet {
  static final String NAME = "cache";

  private final CacheRegistry caches;

  /** Null while no bundle provides a disk tier. */
  @Reference(
      target = "(gitvan.cache.level=2)",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  private volatile CacheTier disk;

  @Activate
  public CacheWorkloads(@Reference CacheRegistry caches) {
    this.caches = caches;
  }

  @Override
  public List<Workload> workloads() {
    var all = new ArrayList<Workload>();
    all.add(new MemoryCacheWorkload(caches));
    all.add(new ContendedCacheWorkload(caches));
    for (boolean put : new boolean[] {false, true}) {
      all.add(new DiskCacheWorkload(this::disk, put, "1KB", 1 << 10, 200));
      all.add(new DiskCacheWorkload(this::disk, put, "10KB", 10 << 10, 200));
      all.add(new DiskCacheWorkload(this::disk, put, "1MB", 1 << 20, 20));
    }
    return all;
  }

  private CacheTier disk() {
    var tier = disk;
    if (tier == null) {
      throw GitVanException.of(
          Codes.SERVICE_MISSING,
          NAME,
          "no bundle provides a cache tier on disk",
          "Install a bundle such as dev.gitvan.cache.ehcache.");
    }
    return tier;
  }
}
