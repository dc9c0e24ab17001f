package dev.gitvan.metrics.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The files in which processes leave their metrics: {@code YYYYMMDD-UNIQUE.gvm}. A file never
 * changes; it appears whole, by a rename.
 *
 * <p>When there are more than {@value #MANY}, one process merges those of each day. The merged file
 * lists the files that it absorbed, and readers ignore files of these names. So nothing is counted
 * twice or lost, wherever a process is killed and at whatever moment another one reads. Files older
 * than {@value #DAYS} days are deleted. Safe for any thread and any number of processes.
 */
final class HistoryStore {
  static final int MANY = 32;
  static final int DAYS = 7;

  private static final String SUFFIX = ".gvm";
  private static final String TEMPORARY = ".tmp";
  private static final long MAX_BYTES = 16L << 20;
  private static final int ATTEMPTS = 20;
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  private final Path directory;
  private final Clock clock;

  HistoryStore(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** Leaves metrics; writes nothing when there are none. */
  void add(Totals totals) throws IOException {
    if (totals.isEmpty()) {
      return;
    }
    Files.createDirectories(directory);
    write(DAY.format(today()), MetricsFile.of(Set.of(), totals));
    forgetOld();
    if (names().size() > MANY) {
      compact();
    }
  }

  /** Everything that processes left in the last {@value #DAYS} days. Never fails. */
  Totals read() {
    var contents = new HashMap<String, MetricsFile>();
    try {
      var names = names();
      for (int i = 0; i < ATTEMPTS && !readAll(names, contents); i++) {
        names = names();
      }
      return merge(names, contents);
    } catch (IOException e) {
      return new Totals();
    }
  }

  /**
   * Reads the files that have not been read yet.
   *
   * @return whether these were all files there are: a merge changes that at any moment
   */
  private boolean readAll(Set<String> names, Map<String, MetricsFile> contents) throws IOException {
    for (var name : names) {
      if (!contents.containsKey(name)) {
        try {
          contents.put(name, parse(name));
        } catch (NoSuchFileException e) {
          return false;
        }
      }
    }
    return names.equals(names());
  }

  /** A file's content; null when it is corrupt. */
  private MetricsFile parse(String name) throws NoSuchFileException {
    try {
      var file = directory.resolve(name);
      return Files.size(file) > MAX_BYTES ? null : MetricsFile.parse(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private static Totals merge(Set<String> names, Map<String, MetricsFile> contents) {
    var absorbed = absorbed(names, contents);
    var totals = new Totals();
    for (var name : names) {
      var content = contents.get(name);
      if (content != null && !absorbed.contains(name)) {
        content.addTo(totals);
      }
    }
    return totals;
  }

  private static Set<String> absorbed(Set<String> names, Map<String, MetricsFile> contents) {
    var absorbed = new HashSet<String>();
    for (var name : names) {
      var content = contents.get(name);
      if (content != null) {
        absorbed.addAll(content.absorbed());
      }
    }
    return absorbed;
  }

  /**
   * Merges the files of each day, unless somebody else is at it.
   *
   * <p>Locks of a file belong to the process, and closing any channel to it drops them: so within
   * one process a monitor comes first. An interned string is the one that all copies of this class
   * share.
   */
  void compact() throws IOException {
    synchronized (("dev.gitvan.metrics " + directory.toRealPath()).intern()) {
      try (var channel =
              FileChannel.open(
                  directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var lock = channel.tryLock()) {
        if (lock != null) {
          var days = names().stream().collect(Collectors.groupingBy(HistoryStore::day));
          for (var day : days.entrySet()) {
            compact(day.getKey(), day.getValue());
          }
        }
      }
    }
  }

  private void compact(String day, List<String> names) throws IOException {
    var contents = new HashMap<String, MetricsFile>();
    for (var name : names) {
      var content = parse(name);
      if (content != null) {
        contents.put(name, content);
      }
    }
    if (contents.size() > 1) {
      var merged = merge(contents.keySet(), contents);
      // What an earlier merge absorbed and could not delete stays absorbed.
      var gone = absorbed(contents.keySet(), contents);
      gone.retainAll(names);
      gone.addAll(contents.keySet());
      write(day, MetricsFile.of(gone, merged));
      for (var name : gone) {
        Files.deleteIfExists(directory.resolve(name));
      }
    }
  }

  private void write(String day, MetricsFile content) throws IOException {
    var name = day + "-" + UUID.randomUUID();
    var temporary = directory.resolve(name + TEMPORARY);
    try {
      Files.write(temporary, content.toBytes(), StandardOpenOption.CREATE_NEW);
      move(temporary, directory.resolve(name + SUFFIX));
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to);
    }
  }

  /** Deletes the files of forgotten days, and what killed processes left half written then. */
  private void forgetOld() throws IOException {
    try (var files = Files.newDirectoryStream(directory, "*-*{" + SUFFIX + "," + TEMPORARY + "}")) {
      for (var file : files) {
        if (isOld(file.getFileName().toString())) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private Set<String> names() throws IOException {
    var names = new TreeSet<String>();
    try (var files = Files.newDirectoryStream(directory, "*-*" + SUFFIX)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        if (!isOld(name)) {
          names.add(name);
        }
      }
    } catch (NoSuchFileException e) {
      return names;
    }
    return names;
  }

  private boolean isOld(String name) {
    try {
      return LocalDate.parse(day(name), DAY).isBefore(today().minusDays(DAYS));
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static String day(String name) {
    return name.substring(0, name.indexOf('-'));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
