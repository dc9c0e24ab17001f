package dev.gitvan.bench.internal;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Values of one size read from, or written to, the disk tier. The peer is cacache, with its own
 * memory switched off. Both check what they read; neither syncs what it writes; GitVan's put
 * returns before the file has it, when at most 16 MiB wait for that.
 */
final class DiskCacheWorkload implements Workload {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Supplier<CacheTier> disk;
  private final boolean put;
  private final String label;
  private final int bytes;
  private final int keys;

  /**
   * @param disk gives the tier when a measurement begins
   * @param put whether values are written; else they are read
   * @param bytes of a value
   * @param keys how many values there are
   */
  DiskCacheWorkload(Supplier<CacheTier> disk, boolean put, String label, int bytes, int keys) {
    this.disk = disk;
    this.put = put;
    this.label = label;
    this.bytes = bytes;
    this.keys = keys;
  }

  @Override
  public Plan plan() {
    int samples = bytes > 1 << 16 ? 200 : 2000;
    var operation = "cache." + (put ? "put" : "get") + ".disk_" + label;
    return new Plan(CacheWorkloads.NAME, operation, samples, samples);
  }

  @Override
  public List<Contender> contenders(Path directory, Consumer<String> absent) throws Exception {
    var contenders = new ArrayList<Contender>();
    contenders.add(new Ours(open()));
    if (NodePeer.isInstalled(directory, "cacache")) {
      contenders.add(
          new NodePeer(
              "cacache",
              directory,
              "cacache-peer.js",
              directory.resolve("cacache").toString(),
              put ? "put" : "get",
              String.valueOf(bytes),
              String.valueOf(keys)));
    } else {
      absent.accept("cacache: not found; `npm install cacache` and set NODE_PATH to compare");
    }
    return contenders;
  }

  /** The store opens by and by, in the background. */
  private Region open() throws IOException {
    var spec = RegionSpec.builder("bench", keys).ttl(Duration.ofHours(1)).build();
    var region = disk.get().open(spec);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (region.entries() < 0) {
      if (System.nanoTime() > end) {
        throw GitVanException.of(
            Codes.LOCK_HELD,
            "cache disk",
            "cannot be opened",
            "Another GitVan process may be using it: run the command again when it has ended.");
      }
      region.get(key(-1));
      LockSupport.parkNanos(1_000_000);
    }
    for (int i = 0; i < keys; i++) {
      region.put(key(i), value(i));
    }
    return region;
  }

  private static BytesKey key(int number) {
    return new BytesKey(("key number " + number).getBytes(StandardCharsets.UTF_8));
  }

  private byte[] value(int number) {
    var value = new byte[bytes];
    new Random(number).nextBytes(value);
    return value;
  }

  private final class Ours implements Contender {
    private final Region region;
    private int next;

    Ours(Region region) {
      this.region = region;
    }

    @Override
    public String name() {
      return "gitvan";
    }

    @Override
    public void run(int times, Samples samples) throws IOException {
      for (int i = 0; i < times; i++) {
        int number = next++;
        var key = key(number % keys);
        var value = put ? value(number) : null;
        long start = System.nanoTime();
        if (put) {
          region.put(key, value);
        } else {
          value = (byte[]) region.get(key);
        }
        samples.add(System.nanoTime() - start);
        if (value == null || value.length != bytes) {
          throw new IllegalStateException("the disk tier does not have what was put");
        }
      }
    }

    @Override
    public void close() throws IOException {
      region.clear();
      region.close();
    }
  }
}
