package dev.gitvan.shell.internal.diag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.health.Health;
import dev.gitvan.health.spi.HealthCheck;
import dev.gitvan.testkit.HealthCheckContract;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HomeCheckTest extends HealthCheckContract {
  @TempDir Path directory;

  @Override
  protected HealthCheck healthy() {
    return new HomeCheck(directory.resolve("not/yet"), 0);
  }

  @Override
  protected HealthCheck unhealthy() throws Exception {
    var file = directory.resolve("file");
    return new HomeCheck(Files.exists(file) ? file : Files.createFile(file), 0);
  }

  @Test
  void failsWhenTheStateDirectoryIsAFile() throws Exception {
    var health = unhealthy().check();
    assertThat(health.status()).isEqualTo(Health.Status.FAILED);
    assertThat(health.cause()).startsWith(directory.resolve("file") + " is not a directory");
  }

  @Test
  void isDegradedWhenSpaceIsScarce() throws Exception {
    var health = new HomeCheck(directory, Long.MAX_VALUE).check();
    assertThat(health.status()).isEqualTo(Health.Status.DEGRADED);
    assertThat(health.cause()).startsWith("only ").contains(directory.toString());
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void isDegradedByAFifoInPlaceOfAFile() throws Exception {
    var fifo = directory.resolve("cache-key");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    var health = new HomeCheck(directory, 0).check();
    assertThat(health.status()).isEqualTo(Health.Status.DEGRADED);
    assertThat(health.cause()).startsWith(fifo + " is not a regular file");
  }
}
