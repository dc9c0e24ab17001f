package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.KeptCache;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * What a clean stop leaves beside the store: that it was one, how the store's index looked, and
 * each region's figures. A store without a seal, or with another's, is never handed to Ehcache,
 * whose index is a Java stream that it trusts.
 *
 * @param size of the store
 * @param fingerprint of all its files but the data, whose entries have checksums of their own
 */
record Seal(long size, long fingerprint, Map<RegionId, KeptCache> regions) {
  private static final long MAGIC = 0x67697476616e4c33L;
  private static final int MAX_BYTES = 16 << 20;

  static void write(Path file, Path store, long size, Regions regions) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeLong(MAGIC);
    out.writeLong(size);
    out.writeLong(fingerprint(store));
    var kept =
        regions.all().entrySet().stream()
            .filter(entry -> entry.getValue().entries.sum() > 0)
            .toList();
    out.writeInt(kept.size());
    for (var entry : kept) {
      out.writeLong(entry.getKey().high());
      out.writeLong(entry.getKey().low());
      out.writeUTF(entry.getValue().cache);
      out.writeLong(entry.getValue().entries.sum());
      out.writeLong(entry.getValue().bytes.sum());
    }
    out.writeLong(new Checksum64().update(bytes.toByteArray()).value());
    var draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(draft, bytes.toByteArray());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Reads a seal, and compares it with the store.
   *
   * @throws IOException when it is not this store's
   */
  static Seal read(Path file, Path store) throws IOException {
    var seal = read(file);
    if (seal.fingerprint != fingerprint(store)) {
      throw new IOException("the index is not the one that was left");
    }
    return seal;
  }

  /** Reads a seal, to tell what it says: the store may be another. */
  static Seal read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("seal too large");
    }
    var bytes = Files.readAllBytes(file);
    int body = bytes.length - Long.BYTES;
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (body < 0 || in.readLong() != MAGIC) {
      throw new IOException("no seal");
    }
    var last = new DataInputStream(new ByteArrayInputStream(bytes, body, Long.BYTES));
    if (last.readLong() != new Checksum64().update(bytes, 0, body).value()) {
      throw new IOException("damaged seal");
    }
    long size = in.readLong();
    long fingerprint = in.readLong();
    var regions = new HashMap<RegionId, KeptCache>();
    for (int count = in.readInt(); count > 0; count--) {
      regions.put(
          new RegionId(in.readLong(), in.readLong()),
          new KeptCache(in.readUTF(), in.readLong(), in.readLong(), 0));
    }
    return new Seal(size, fingerprint, regions);
  }

  private static long fingerprint(Path store) throws IOException {
    var sum = new Checksum64();
    try (var files = Files.walk(store)) {
      for (var file : files.sorted().toList()) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          continue;
        }
        var name = store.relativize(file).toString();
        sum.update(name.getBytes(StandardCharsets.UTF_8)).update(Files.size(file));
        if (!name.endsWith(".data")) {
          sum.update(Files.readAllBytes(file));
        }
      }
    }
    return sum.value();
  }
}
