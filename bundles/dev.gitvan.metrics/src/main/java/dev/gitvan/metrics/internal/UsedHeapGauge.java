package dev.gitvan.metrics.internal;

import dev.gitvan.metrics.spi.Gauge;
import dev.gitvan.metrics.spi.GitVanGauge;
import org.osgi.service.component.annotations.Component;

/** The memory that this process uses for objects. */
@Component
@GitVanGauge(
    name = "memory.heap.used",
    unit = "bytes",
    description = "Memory that objects occupy, garbage included")
public final class UsedHeapGauge implements Gauge {
  @Override
  public double value() {
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
