package org.example.observability;

import dev.gitvan.metrics.spi.Gauge;
import dev.gitvan.metrics.spi.GitVanGauge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;

/** Free space for temporary files. */
@Component
@GitVanGauge(
    name = "observability.temporary.free",
    unit = "bytes",
    description = "Free space for temporary files")
public class TemporarySpaceGauge implements Gauge {
  @Override
  public double value() throws IOException {
    return Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir"))).getUsableSpace();
  }
}
