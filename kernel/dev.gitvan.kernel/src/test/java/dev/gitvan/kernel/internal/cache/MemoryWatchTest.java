package dev.gitvan.kernel.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {
  /**
   * With the collector that {@code bin/gitvan} chooses. Shown to fail when the event does not empty
   * the caches: the process waits in vain.
   */
  @Test
  void emptiesMemoryWhenItIsShortAndGoesOnAfterwards() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said.lines().filter(line -> line.equals("recovered"))).hasSize(2);
    assertThat(said)
        .contains("memory watching; heap ")
        .contains("memory short: caches in memory are cleared; heap ")
        .contains("memory enough again; heap ")
        .endsWith("closed\n");
  }

  /** Shown to fail when the listener is not removed: the JVM keeps it, and all that it knows. */
  @Test
  void nothingOfAClosedWatchStays() {
    var gone = armAndClose();
    for (int i = 0; gone.get() != null && i < 200; i++) {
      System.gc();
    }
    assertThat(gone.get()).isNull();
  }

  private static WeakReference<Object> armAndClose() {
    var owner = new Object();
    var watch = new MemoryWatch(owner::notify, line -> {});
    watch.arm();
    assertThat(watch.isShort()).isFalse();
    watch.close();
    watch.arm();
    return new WeakReference<>(owner);
  }
}
