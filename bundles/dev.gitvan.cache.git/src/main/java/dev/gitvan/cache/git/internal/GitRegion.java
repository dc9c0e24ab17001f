package dev.gitvan.cache.git.internal;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.CorruptEntryException;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.git.DamagedObjectException;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * One cache in one repository. Writes are gathered, so that a thousand of them cost a few trees and
 * one move of the ref; a process that is killed loses those of the last moment and nothing else.
 */
final class GitRegion implements Region {
  /** How long it tries while others keep moving the ref: each of them moves it for milliseconds. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long LOOK_AGAIN_MILLIS = 1000;

  /** Keys whose values could not be written. */
  private static final int REMEMBERED = 10_000;

  private final CacheTree tree;
  private final Limits limits;
  private volatile long ttlMillis;
  private final LongSupplier millis;
  private final GitTier tier;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Map<String, Change> changes = new ConcurrentHashMap<>();
  private final Set<String> damaged = ConcurrentHashMap.newKeySet();
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicLong evictions = new AtomicLong();
  private final ReentrantLock writing = new ReentrantLock();
  private volatile View view;
  private volatile long lookedAt;

  /**
   * What bounds a cache.
   *
   * @param entries that it may have
   * @param bytes of all values together
   * @param waitingEntries writes that are gathered
   * @param waitingBytes bytes that are gathered
   */
  record Limits(int entries, long bytes, int waitingEntries, long waitingBytes) {}

  /** A value to be written; null: the key is to be removed. Compared by identity. */
  private static final class Change {
    final byte[] value;
    final long written;

    Change(byte[] value, long written) {
      this.value = value;
      this.written = written;
    }

    long bytes() {
      return value == null ? 0 : value.length;
    }
  }

  /**
   * @param tier asked to have {@link #flushAsAsked} called soon
   */
  GitRegion(CacheTree tree, Limits limits, long ttlMillis, LongSupplier millis, GitTier tier) {
    this.tree = tree;
    this.limits = limits;
    this.ttlMillis = ttlMillis;
    this.millis = millis;
    this.tier = tier;
  }

  @Override
  public Object get(Object key) throws IOException {
    var hash = hash(key);
    var change = changes.get(hash);
    if (change != null) {
      var entry = new Entry(hash, "", change.written, change.bytes());
      return entry.isAlive(millis.getAsLong(), ttlMillis) ? change.value : null;
    }
    var entry = view().entries().get(hash);
    if (entry == null || !entry.isAlive(millis.getAsLong(), ttlMillis)) {
      return null;
    }
    try {
      var value = tree.value(entry).orElse(null);
      if (value == null) {
        // Git has pruned it: another process had dropped the entry.
        change(hash, null);
      }
      return value;
    } catch (DamagedObjectException e) {
      damaged.add(entry.blob());
      change(hash, null);
      throw new CorruptEntryException(e.getMessage());
    }
  }

  @Override
  public void resize(RegionSpec spec) {
    ttlMillis = spec.ttl().toMillis();
  }

  @Override
  public void put(Object key, Object value) throws IOException {
    var bytes = (byte[]) value;
    // One that would drive out most of the others is not kept, nor what it replaces.
    change(hash(key), bytes.length > limits.bytes() / 8 ? null : bytes);
  }

  @Override
  public void remove(Object key) throws IOException {
    var hash = hash(key);
    if (changes.containsKey(hash) || view().entries().containsKey(hash)) {
      change(hash, null);
    }
  }

  private void change(String hash, byte[] value) throws IOException {
    var change = new Change(value, millis.getAsLong());
    var replaced = changes.put(hash, change);
    long bytes = waiting.addAndGet(change.bytes() - (replaced == null ? 0 : replaced.bytes()));
    if (changes.size() >= limits.waitingEntries() || bytes >= limits.waitingBytes()) {
      flush();
    } else if (asked.compareAndSet(false, true)) {
      tier.soon(this);
    }
  }

  private View view() throws IOException {
    var known = view;
    long now = millis.getAsLong();
    if (known != null && now - lookedAt < LOOK_AGAIN_MILLIS && now >= lookedAt) {
      return known;
    }
    var root = tree.root().orElse(null);
    if (known == null || !java.util.Objects.equals(known.root(), root)) {
      known = tree.read(root);
      view = known;
    }
    lookedAt = now;
    return known;
  }

  boolean isOf(RepositoryId repository) {
    return tree.repository().equals(repository);
  }

  /** As {@link #flush}; what is gathered from now on needs another request. */
  void flushAsAsked() throws IOException {
    asked.set(false);
    flush();
  }

  /** Writes what has been gathered. */
  void flush() throws IOException {
    writing.lock();
    try {
      var taken = new HashMap<>(changes);
      if (taken.isEmpty()) {
        return;
      }
      try {
        write(taken);
        taken.forEach((hash, change) -> done(hash, change, null));
      } catch (IOException e) {
        // The values are lost to this tier; that what they replaced is out of date is not, as long
        // as there is room to remember it.
        boolean room = changes.size() < REMEMBERED;
        taken.forEach(
            (hash, change) -> done(hash, change, room ? new Change(null, change.written) : null));
        throw e;
      }
    } finally {
      writing.unlock();
    }
  }

  private void done(String hash, Change change, Change next) {
    boolean mine =
        next == null ? changes.remove(hash, change) : changes.replace(hash, change, next);
    if (mine) {
      waiting.addAndGet(-change.bytes());
    }
  }

  private void write(Map<String, Change> taken) throws IOException {
    var written = new HashMap<String, Entry>();
    long now = millis.getAsLong();
    for (var change : taken.entrySet()) {
      var value = change.getValue().value;
      if (value != null) {
        written.put(change.getKey(), write(change.getKey(), value, change.getValue().written));
      }
    }
    apply(taken.keySet(), written, now);
  }

  private Entry write(String hash, byte[] value, long now) throws IOException {
    var blob = tree.write(value, false);
    if (damaged.contains(blob)) {
      tree.write(value, true);
      damaged.remove(blob);
    }
    return new Entry(hash, blob, now, value.length);
  }

  private void apply(Set<String> touched, Map<String, Entry> written, long now) throws IOException {
    long start = System.nanoTime();
    for (int attempt = 0; ; attempt++) {
      var root = tree.root().orElse(null);
      var known = view;
      var old =
          known != null && java.util.Objects.equals(known.root(), root) ? known : tree.read(root);
      var entries = new HashMap<>(old.entries());
      entries.keySet().removeAll(touched);
      entries.putAll(written);
      var changed = new HashSet<String>();
      touched.forEach(hash -> changed.add(hash.substring(0, Entry.FANOUT)));
      prune(entries, changed, now);
      if (entries.equals(old.entries()) && root != null) {
        view = old;
        return;
      }
      var next = tree.write(old, entries, changed);
      if (tree.move(root, next.root())) {
        view = next;
        lookedAt = now;
        return;
      }
      pause(attempt, start);
    }
  }

  /** Lets others finish, each for another time, so that they do not meet again. */
  private void pause(int attempt, long start) throws IOException {
    if (System.nanoTime() - start > PATIENCE_NANOS) {
      throw new IOException(tree.ref() + " is being moved by another process");
    }
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L << Math.min(attempt, 5)));
  }

  /** Drops what has outlived its time, and the oldest while there are too many. */
  private void prune(Map<String, Entry> entries, Set<String> changed, long now) {
    entries
        .values()
        .removeIf(
            entry -> {
              boolean dead = !entry.isAlive(now, ttlMillis);
              if (dead) {
                changed.add(entry.bucket());
              }
              return dead;
            });
    long bytes = entries.values().stream().mapToLong(Entry::bytes).sum();
    if (entries.size() <= limits.entries() && bytes <= limits.bytes()) {
      return;
    }
    // A tenth more than needed, so that it is not needed again at once.
    long fewer = limits.entries() - limits.entries() / 10;
    long smaller = limits.bytes() - limits.bytes() / 10;
    var oldest =
        entries.values().stream()
            .sorted(Comparator.comparingLong(Entry::written).thenComparing(Entry::hash))
            .toList();
    for (var entry : oldest) {
      if (entries.size() <= fewer && bytes <= smaller) {
        return;
      }
      entries.remove(entry.hash());
      changed.add(entry.bucket());
      bytes -= entry.bytes();
      evictions.incrementAndGet();
    }
  }

  @Override
  public void clear() throws IOException {
    writing.lock();
    try {
      changes.clear();
      waiting.set(0);
      long start = System.nanoTime();
      for (int attempt = 0; ; attempt++) {
        var root = tree.root().orElse(null);
        if (root == null) {
          view = View.empty(null);
          return;
        }
        var next = tree.write(View.empty(root), Map.of(), Set.of());
        if (tree.move(root, next.root())) {
          view = next;
          return;
        }
        pause(attempt, start);
      }
    } finally {
      writing.unlock();
    }
  }

  /**
   * Reads every value, and drops the entries whose values are damaged or gone.
   *
   * @return how many were dropped
   * @throws DamagedObjectException when the tree itself is damaged
   */
  int verify() throws IOException {
    flush();
    var root = tree.root().orElse(null);
    if (root == null) {
      return 0;
    }
    int dropped = 0;
    for (var entry : tree.readWhole(root).entries().values()) {
      try {
        if (tree.value(entry).isPresent()) {
          continue;
        }
      } catch (DamagedObjectException e) {
        damaged.add(entry.blob());
      }
      dropped++;
      change(entry.hash(), null);
    }
    flush();
    return dropped;
  }

  @Override
  public long entries() {
    var known = look();
    return known == null ? -1 : known.entries().size();
  }

  @Override
  public long bytes() {
    var known = look();
    return known == null ? -1 : known.bytes();
  }

  private View look() {
    try {
      flush();
      return view();
    } catch (IOException e) {
      return view;
    }
  }

  @Override
  public long evictions() {
    return evictions.get();
  }

  @Override
  public void close() throws IOException {
    tier.closed(this);
    flush();
  }

  private static String hash(Object key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(((BytesKey) key).bytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
