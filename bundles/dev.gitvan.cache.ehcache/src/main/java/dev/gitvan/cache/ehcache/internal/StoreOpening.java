package dev.gitvan.cache.ehcache.internal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;

/**
 * Opens the store of a directory that belongs to this process: as a clean stop left it, else empty.
 * Used by one thread at a time.
 */
final class StoreOpening {
  private final StoreDirectory directory;
  private final StoreSettings settings;
  private final Regions regions;
  private long size;
  private boolean setAside;

  StoreOpening(StoreDirectory directory, StoreSettings settings, Regions regions) {
    this.directory = directory;
    this.settings = settings;
    this.regions = regions;
  }

  /** Bytes that the store which was opened last may take. */
  long size() {
    return size;
  }

  /** Whether the last opening found a store that had been changed since it was stopped. */
  boolean hasSetAside() {
    return setAside;
  }

  EhcacheStore open() throws IOException {
    if (settings.usable().getAsLong() < StoreSettings.RESERVE) {
      // In the words of the system, so that it is reported like every other full disk.
      throw new FileSystemException(
          directory.root().toString(),
          null,
          "No space left: less than " + (StoreSettings.RESERVE >> 20) + " MiB");
    }
    size = settings.size().getAsLong();
    setAside = false;
    if (Files.exists(directory.seal())) {
      try {
        return warm(Seal.read(directory.seal(), directory.store()));
      } catch (IOException | RuntimeException | Error e) {
        directory.setAside();
        setAside = true;
      }
    }
    // No seal: nobody stopped it cleanly.
    directory.deleteStore();
    regions.emptied();
    return new EhcacheStore(directory.store(), size, regions::evicted);
  }

  private EhcacheStore warm(Seal seal) throws IOException {
    // A store cannot shrink: for a smaller one its directory must be deleted.
    size = Math.max(size, seal.size());
    // From here to the next clean stop the store is not to be trusted.
    Files.delete(directory.seal());
    var opened = new EhcacheStore(directory.store(), size, regions::evicted);
    regions.emptied();
    seal.regions()
        .forEach(
            (region, held) -> {
              var figures = regions.of(region, held.cache());
              figures.entries.add(held.entries());
              figures.bytes.add(held.bytes());
            });
    return opened;
  }

  /** Leaves what {@link #open} needs to find the store as it is now; it has been closed. */
  void seal() throws IOException {
    Seal.write(directory.seal(), directory.store(), size, regions);
  }
}
