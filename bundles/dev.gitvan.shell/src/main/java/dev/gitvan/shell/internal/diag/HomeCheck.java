package dev.gitvan.shell.internal.diag;

import dev.gitvan.health.Health;
import dev.gitvan.health.spi.GitVanHealthCheck;
import dev.gitvan.health.spi.HealthCheck;
import dev.gitvan.home.GitVanHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Checks whether GitVan can keep its state: without it, metrics and caches are lost silently. */
@Component
@GitVanHealthCheck(name = "home")
public final class HomeCheck implements HealthCheck {
  private static final long SCARCE_BYTES = 100L << 20;

  private final Path state;
  private final long scarceBytes;

  @Activate
  public HomeCheck(BundleContext context) {
    this(GitVanHome.of(context::getProperty).state(), SCARCE_BYTES);
  }

  HomeCheck(Path state, long scarceBytes) {
    this.state = state;
    this.scarceBytes = scarceBytes;
  }

  @Override
  public Health check() throws IOException {
    var existing = state;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return Health.failed(
          existing + " is not a directory that can be written: metrics are not kept",
          "Correct its permissions, or set GITVAN_HOME to another directory.");
    }
    var special = specialFile(existing);
    if (special.isPresent()) {
      return Health.degraded(
          special.get() + " is not a regular file, so GitVan does not open it",
          "Remove it; GitVan creates its own.");
    }
    long free = Files.getFileStore(existing).getUsableSpace();
    var detail = String.format(Locale.ROOT, "%d MiB are free in %s", free >> 20, existing);
    return free < scarceBytes
        ? Health.degraded(
            "only " + detail, "Free some space, for instance with gitvan cache clear.")
        : Health.healthy(detail);
  }

  /** A FIFO blocks the thread that opens it. */
  private static Optional<Path> specialFile(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder, HomeCheck::isSpecial)) {
      var first = files.iterator();
      return first.hasNext() ? Optional.of(first.next()) : Optional.empty();
    }
  }

  private static boolean isSpecial(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther();
  }
}
