package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.CacheStats;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.home.KeptFiles;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;

/**
 * What processes counted: one small file, a line for each day, cache and tier, and a checksum. A
 * process adds its own when it ends, under a lock, by replacing the file whole. Days older than
 * {@value #DAYS} are forgotten. Counters are no reason for anything to fail: what cannot be read
 * counts as nothing, what cannot be written is given up.
 */
final class CounterFile {
  private static final System.Logger LOG = System.getLogger(CounterFile.class.getName());

  static final int DAYS = 7;

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int MAX_BYTES = 4 << 20;
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  private final Path file;
  private final KeptFiles files;
  private final Clock clock;

  CounterFile(Path file, Clock clock) {
    this.file = file;
    this.files = new KeptFiles(file.getParent());
    this.clock = clock;
  }

  /** One line: a day's counters. */
  private record Line(String day, CacheStats stats) {
    static Line parse(String text) {
      var fields = text.split("\t");
      return new Line(
          fields[0],
          CacheStats.builder(fields[1], fields[2], Integer.parseInt(fields[3]))
              .hits(Long.parseLong(fields[4]))
              .misses(Long.parseLong(fields[5]))
              .meanLoadSeconds(Double.parseDouble(fields[6]))
              .evictions(Long.parseLong(fields[7]))
              .corrupt(Long.parseLong(fields[8]))
              .build());
    }

    String key() {
      return day + '\0' + StatsSums.key(stats);
    }

    Line plus(Line other) {
      return new Line(day, StatsSums.sum(stats, other.stats));
    }

    @Override
    public String toString() {
      return String.join(
          "\t",
          day,
          stats.cache(),
          stats.tier(),
          String.valueOf(stats.level()),
          String.valueOf(stats.hits()),
          String.valueOf(stats.misses()),
          String.valueOf(stats.meanLoadSeconds()),
          String.valueOf(stats.evictions()),
          String.valueOf(stats.corrupt()));
    }
  }

  /** What was counted in the last days, by cache and tier. */
  List<CacheStats> read() {
    return StatsSums.of(lines().values().stream().map(Line::stats).toList());
  }

  /** Adds what this process counted; writes nothing where that is nothing. */
  void add(List<CacheStats> counted) {
    var day = DAY.format(today());
    var mine = new ArrayList<Line>();
    for (var stats : counted) {
      if (stats.hits() + stats.misses() + stats.evictions() + stats.corrupt() > 0
          && stats.tier().chars().noneMatch(Character::isISOControl)) {
        mine.add(new Line(day, StatsSums.holding(stats, -1, -1)));
      }
    }
    if (mine.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      locked(
          () -> {
            var lines = lines();
            mine.forEach(line -> lines.merge(line.key(), line, Line::plus));
            replace(lines);
          });
    } catch (IOException e) {
      // Given up.
    } catch (GitVanException e) {
      LOG.log(System.Logger.Level.WARNING, e.getMessage());
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void locked(Writing writing) throws IOException {
    var lock = file.resolveSibling(file.getFileName() + ".lock");
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (var channel = files.openLock(lock)) {
      while (true) {
        try (var held = channel.tryLock()) {
          if (held != null) {
            writing.run();
            return;
          }
        } catch (OverlappingFileLockException e) {
          // Somebody else in this process.
        }
        if (System.nanoTime() > end) {
          return;
        }
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private void replace(Map<String, Line> lines) throws IOException {
    var text = new StringBuilder();
    lines.values().forEach(line -> text.append(line).append('\n'));
    text.append(checksum(text.toString())).append('\n');
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !files.isFile(file)) {
      LOG.log(System.Logger.Level.WARNING, file + ": not a regular file; it is replaced");
    }
    files.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, Line> lines() {
    var lines = new TreeMap<String, Line>();
    try {
      var content = files.read(file, MAX_BYTES);
      if (content.isEmpty()) {
        return lines;
      }
      var text = new String(content.get(), StandardCharsets.UTF_8);
      int end = text.lastIndexOf('\n', text.length() - 2) + 1;
      if (!text.substring(end).strip().equals(checksum(text.substring(0, end)))) {
        return lines;
      }
      var oldest = DAY.format(today().minusDays(DAYS));
      for (var line : text.substring(0, end).lines().map(Line::parse).toList()) {
        if (line.day().compareTo(oldest) > 0) {
          lines.put(line.key(), line);
        }
      }
    } catch (IOException | RuntimeException e) {
      lines.clear();
    }
    return lines;
  }

  private static String checksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
