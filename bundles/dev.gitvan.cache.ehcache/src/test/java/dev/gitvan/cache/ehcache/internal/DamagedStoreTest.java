package dev.gitvan.cache.ehcache.internal;

import static dev.gitvan.cache.ehcache.internal.DiskFixture.key;
import static dev.gitvan.cache.ehcache.internal.DiskFixture.open;
import static dev.gitvan.cache.ehcache.internal.DiskFixture.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.cache.spi.Region;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that change under the store. {@code -Dgitvan.faults=500} for the long run. Shown to fail
 * without the comparison in {@link Envelope#open}: wrong values come through.
 */
class DamagedStoreTest {
  private static final int FAULTS = Integer.getInteger("gitvan.faults", 50);
  private static final int ENTRIES = 200;

  private final DiskFixture fixture = DiskFixture.create();
  private final Random random = new Random(Long.getLong("gitvan.seed", 20260101L));
  @TempDir Path root;

  @Test
  void givesNoWrongValueAndStartsWhenFilesWereDamagedWhileStopped() throws Exception {
    fill();
    int survived = 0;
    for (int fault = 0; fault < FAULTS; fault++) {
      var what = damage(fault);
      var tier = fixture.tier(root);
      var region = open(tier, "test");
      survived += readAll(region, what);
      use(region, what);
      tier.close();
      fill();
    }
    assertThat(survived).as("one damaged byte does not cost everything").isPositive();
  }

  @Test
  void givesNoWrongValueWhenFilesAreDamagedWhileRunning() throws Exception {
    fill();
    for (int fault = 0; fault < FAULTS; fault++) {
      var tier = fixture.tier(root);
      var region = open(tier, "test");
      readAll(region, "before");
      var what = damage(fault);
      readAll(region, what);
      use(region, what);
      readAll(region, what);
      tier.close();
      fill();
    }
  }

  /** Fills the store, through a clean stop. */
  private void fill() throws IOException {
    var tier = fixture.tier(root);
    var region = open(tier, "test");
    for (int i = 0; i < ENTRIES; i++) {
      try {
        region.put(key(i), value(i));
      } catch (IOException e) {
        // What an earlier fault left: the next one finds it empty.
      }
    }
    tier.close();
  }

  private int readAll(Region region, String what) {
    int found = 0;
    for (int i = 0; i < ENTRIES; i++) {
      try {
        var value = (byte[]) region.get(key(i));
        if (value != null) {
          assertThat(value).as(what).isEqualTo(value(i));
          found++;
        }
      } catch (IOException e) {
        // Reported, and no invalid value returned.
      }
    }
    return found;
  }

  /** After whatever it took to recover, the store works. */
  private void use(Region region, String what) throws InterruptedException {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      try {
        region.put(key(1), value(1));
        if (region.get(key(1)) instanceof byte[] value) {
          assertThat(value).as(what).isEqualTo(value(1));
          return;
        }
      } catch (IOException e) {
        Thread.onSpinWait();
      }
      Thread.yield();
    }
    throw new AssertionError("not usable after " + what);
  }

  private String damage(int fault) throws IOException {
    var files = files();
    // Every second one hits the data, the largest part; the others any file.
    var file =
        fault % 2 == 0
            ? files.stream()
                .filter(f -> f.toString().endsWith(".data"))
                .findFirst()
                .orElse(files.get(0))
            : files.get(random.nextInt(files.size()));
    long length = Files.size(file);
    long offset = length == 0 ? 0 : (long) (random.nextDouble() * length);
    var how = List.of("flip", "zero", "truncate", "garbage").get(random.nextInt(4));
    try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
      switch (how) {
        case "flip" -> {
          if (length > 0) {
            raw.seek(offset);
            int old = raw.read();
            raw.seek(offset);
            raw.write(old ^ 1 << random.nextInt(8));
          }
        }
        case "zero" -> {
          raw.seek(offset);
          raw.write(new byte[(int) Math.min(4096, length - offset)]);
        }
        case "truncate" -> raw.setLength(offset);
        default -> {
          var garbage = new byte[(int) Math.min(512, length - offset)];
          random.nextBytes(garbage);
          raw.seek(offset);
          raw.write(garbage);
        }
      }
    }
    return how + " at " + offset + " of " + root.relativize(file);
  }

  private List<Path> files() throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !root.relativize(file).startsWith("damaged"))
          .sorted()
          .toList();
    }
  }
}
