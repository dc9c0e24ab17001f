package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.CorruptEntryException;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of cache tiers of every level. Extend it, implement how the tier is opened, and
 * override the optional abilities of your tier: advancing time, damaging an entry, persistence.
 */
public abstract class CacheTierContract extends Contract {
  private static final int THREADS = 4;
  private static final int ROUNDS = 300;
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private CacheTier tier;

  /** 1: keys and values as objects; 2 or 3: bytes by {@link BytesKey}. */
  protected abstract int level();

  /**
   * Opens the tier: empty at the start of each test; after {@link #close} within a test, with its
   * earlier entries if it persists.
   */
  protected abstract CacheTier open() throws Exception;

  /** Closes the tier, as at the end of a process. */
  protected void close(CacheTier opened) throws Exception {}

  /** Whether entries outlive {@link #close}. */
  protected boolean persists() {
    return false;
  }

  /** The repository whose caches the tier holds; null: shared caches. */
  protected RepositoryId repository() {
    return null;
  }

  /** Whether the tier is declared to keep a time to live. */
  protected boolean expires() {
    return true;
  }

  /** Whether the tier is declared to be bounded. */
  protected boolean bounded() {
    return true;
  }

  /** Whether the tier is declared to be interruptible. */
  protected boolean interruptible() {
    return true;
  }

  /** Advances the tier's time; false if the tier does not support it. */
  protected boolean elapse(CacheTier opened, Duration time) throws Exception {
    return false;
  }

  /** Damages the stored entry of a key; false if the tier does not support it. */
  protected boolean corrupt(CacheTier opened, RegionSpec spec, Object key) throws Exception {
    return false;
  }

  @BeforeEach
  void openTier() throws Exception {
    tier = open();
  }

  @AfterEach
  void closeTier() throws Exception {
    if (tier != null) {
      close(tier);
    }
  }

  /** The specification of a region as the registry would pass it. */
  protected final RegionSpec spec(String cache, int schema, Duration ttl) {
    return RegionSpec.builder(cache, 10_000)
        .schema(schema)
        .repository(repository())
        .ttl(ttl)
        .build();
  }

  private RegionSpec spec() {
    return spec("contract", 1, Duration.ZERO);
  }

  /** A key of the type for the tier's level. */
  protected final Object key(String text) {
    return level() == 1 ? text : new BytesKey(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A value of the type for the tier's level. */
  protected final Object value(String text) {
    return level() == 1 ? text : text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : (String) value;
  }

  @Test
  void givesBackWhatWasPut() throws IOException {
    try (var region = tier.open(spec())) {
      assertThat(region.get(key("a"))).isNull();
      region.put(key("a"), value("1"));
      region.put(key("b"), value("2"));
      assertThat(text(region.get(key("a")))).isEqualTo("1");
      assertThat(text(region.get(key("b")))).isEqualTo("2");
      assertThat(region.get(key("c"))).isNull();
    }
  }

  @Test
  void latestValueReplacesTheOthers() throws IOException {
    try (var region = tier.open(spec())) {
      region.put(key("a"), value("1"));
      region.put(key("a"), value("a longer one than before"));
      region.put(key("a"), value("2"));
      assertThat(text(region.get(key("a")))).isEqualTo("2");
    }
  }

  @Test
  void removedKeysAreGoneAndOthersStay() throws IOException {
    try (var region = tier.open(spec())) {
      region.put(key("a"), value("1"));
      region.put(key("b"), value("2"));
      region.remove(key("a"));
      region.remove(key("never there"));
      assertThat(region.get(key("a"))).isNull();
      assertThat(text(region.get(key("b")))).isEqualTo("2");
      region.put(key("a"), value("3"));
      assertThat(text(region.get(key("a")))).isEqualTo("3");
    }
  }

  @Test
  void clearRemovesEverythingOfThisCacheOnly() throws IOException {
    try (var region = tier.open(spec());
        var other = tier.open(spec("another", 1, Duration.ZERO))) {
      for (int i = 0; i < 100; i++) {
        region.put(key("k" + i), value("v" + i));
      }
      other.put(key("k0"), value("other"));
      region.clear();
      for (int i = 0; i < 100; i++) {
        assertThat(region.get(key("k" + i))).isNull();
      }
      assertThat(text(other.get(key("k0")))).isEqualTo("other");
      region.put(key("k0"), value("again"));
      assertThat(text(region.get(key("k0")))).isEqualTo("again");
    }
  }

  @Test
  void cachesDoNotSeeEachOthersEntries() throws IOException {
    try (var one = tier.open(spec("one", 1, Duration.ZERO));
        var two = tier.open(spec("two", 1, Duration.ZERO))) {
      one.put(key("a"), value("1"));
      assertThat(two.get(key("a"))).isNull();
      two.put(key("a"), value("2"));
      assertThat(text(one.get(key("a")))).isEqualTo("1");
    }
  }

  @Test
  void anotherSchemaSeesNothingOfTheFirst() throws IOException {
    try (var region = tier.open(spec("contract", 1, Duration.ZERO))) {
      region.put(key("a"), value("1"));
    }
    try (var region = tier.open(spec("contract", 2, Duration.ZERO))) {
      assertThat(region.get(key("a"))).isNull();
    }
  }

  @Test
  void entriesOutliveTheirTimeByNothing() throws Exception {
    assumeTrue(expires(), "not declared");
    try (var region = tier.open(spec("short-lived", 1, Duration.ofMinutes(5)))) {
      region.put(key("a"), value("1"));
      assertThat(text(region.get(key("a")))).isEqualTo("1");
      assumeTrue(elapse(tier, Duration.ofMinutes(4)), "time cannot be made to pass");
      assertThat(text(region.get(key("a")))).isEqualTo("1");
      region.put(key("b"), value("2"));
      elapse(tier, Duration.ofMinutes(2));
      assertThat(region.get(key("a"))).isNull();
      assertThat(text(region.get(key("b")))).isEqualTo("2");
    }
  }

  @Test
  void entriesWithoutATimeLiveOn() throws Exception {
    try (var region = tier.open(spec())) {
      region.put(key("a"), value("1"));
      assumeTrue(elapse(tier, Duration.ofDays(365)), "time cannot be made to pass");
      assertThat(text(region.get(key("a")))).isEqualTo("1");
    }
  }

  @Test
  void holdsValuesOfAllSizes() throws IOException {
    try (var region = tier.open(spec())) {
      for (int size : new int[] {0, 1, 255, 256, 4096, 65_535, 65_536, 1 << 20}) {
        var value = value("x".repeat(size));
        region.put(key("size" + size), value);
        assertThat(text(region.get(key("size" + size)))).hasSize(size);
      }
    }
  }

  @Test
  void holdsBytesOfAllValuesUnchanged() throws IOException {
    assumeTrue(level() > 1, "level 1 holds no bytes");
    var bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    try (var region = tier.open(spec())) {
      region.put(new BytesKey(bytes), bytes.clone());
      assertThat((byte[]) region.get(new BytesKey(bytes.clone()))).isEqualTo(bytes);
      assertThat(region.get(new BytesKey(Arrays.copyOf(bytes, 255)))).isNull();
    }
  }

  @Test
  void levelOneHoldsTheValueItself() throws IOException {
    assumeTrue(level() == 1, "lower levels hold bytes");
    var value = new Object();
    try (var region = tier.open(spec())) {
      region.put("a", value);
      assertThat(region.get("a")).isSameAs(value);
    }
  }

  @Test
  void figuresAreCountsOrUnknown() throws IOException {
    try (var region = tier.open(spec())) {
      for (int i = 0; i < 10; i++) {
        region.put(key("k" + i), value("v"));
      }
      assertThat(region.entries()).isIn(-1L, 10L);
      assertThat(region.bytes()).isGreaterThanOrEqualTo(-1);
      assertThat(region.evictions()).isZero();
    }
  }

  @Test
  void persistentEntriesAreThereAfterARestart() throws Exception {
    assumeTrue(persists(), "does not persist");
    try (var region = tier.open(spec())) {
      for (int i = 0; i < 100; i++) {
        region.put(key("k" + i), value("v" + i));
      }
      region.remove(key("k7"));
    }
    close(tier);
    tier = open();
    try (var region = tier.open(spec())) {
      for (int i = 0; i < 100; i++) {
        assertThat(text(region.get(key("k" + i)))).isEqualTo(i == 7 ? null : "v" + i);
      }
    }
  }

  @Test
  void clearedRegionIsStillEmptyAfterARestart() throws Exception {
    assumeTrue(persists(), "does not persist");
    try (var region = tier.open(spec())) {
      region.put(key("a"), value("1"));
      region.clear();
    }
    close(tier);
    tier = open();
    try (var region = tier.open(spec())) {
      assertThat(region.get(key("a"))).isNull();
    }
  }

  @Test
  void closedRegionCanBeOpenedAgain() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (var region = tier.open(spec())) {
        region.put(key("a"), value("v" + i));
        assertThat(text(region.get(key("a")))).isEqualTo("v" + i);
      }
    }
  }

  @Test
  void damagedEntryIsReportedOnceAndDropped() throws Exception {
    try (var region = tier.open(spec())) {
      region.put(key("a"), value("some value to be damaged"));
      region.put(key("b"), value("another"));
      assumeTrue(corrupt(tier, spec(), key("a")), "entries cannot be damaged");
      try {
        var read = region.get(key("a"));
        assertThat(read).as("a wrong value must never come through").isNull();
      } catch (CorruptEntryException expected) {
        assertThat(expected).hasMessageNotContaining("\n");
      }
      assertThat(region.get(key("a"))).isNull();
      region.put(key("a"), value("new"));
      assertThat(text(region.get(key("a")))).isEqualTo("new");
    }
  }

  @Test
  void threadsNeverSeeAValueOfAnotherKey() throws Exception {
    try (var region = tier.open(spec())) {
      var wrong = new ConcurrentLinkedQueue<String>();
      var threads = new ArrayList<Thread>();
      var start = new CountDownLatch(1);
      for (int t = 0; t < THREADS; t++) {
        threads.add(new Thread(() -> hammer(region, start, wrong)));
      }
      threads.forEach(Thread::start);
      start.countDown();
      for (var thread : threads) {
        thread.join();
      }
      assertThat(wrong).isEmpty();
    }
  }

  private void hammer(Region region, CountDownLatch start, ConcurrentLinkedQueue<String> wrong) {
    var random = ThreadLocalRandom.current();
    try {
      start.await();
      for (int round = 0; round < ROUNDS; round++) {
        var name = "k" + random.nextInt(16);
        switch (random.nextInt(8)) {
          case 0, 1, 2 ->
              region.put(key(name), value(name + " " + "x".repeat(random.nextInt(500))));
          case 3 -> region.remove(key(name));
          default -> {
            var read = region.get(key(name));
            if (read != null && !text(read).startsWith(name + " ")) {
              wrong.add(name + " gave " + text(read));
            }
          }
        }
        if (round % 100 == 99 && random.nextInt(THREADS) == 0) {
          region.clear();
        }
      }
    } catch (Exception | AssertionError e) {
      wrong.add(e.toString());
    }
  }

  @Test
  void closingWhileOthersReadHarmsNobody() throws Exception {
    var region = tier.open(spec());
    region.put(key("a"), value("1"));
    var wrong = new ConcurrentLinkedQueue<String>();
    var reading = new CountDownLatch(THREADS);
    var closed = new CountDownLatch(1);
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < THREADS; t++) {
      threads.add(
          new Thread(
              () -> {
                do {
                  try {
                    var read = region.get(key("a"));
                    if (read != null && !text(read).equals("1")) {
                      wrong.add(text(read));
                    }
                  } catch (IOException | RuntimeException e) {
                    // A closed region may refuse, in its own way.
                  } catch (Error e) {
                    wrong.add(e.toString());
                  }
                  reading.countDown();
                } while (closed.getCount() > 0);
              }));
    }
    threads.forEach(Thread::start);
    reading.await();
    region.close();
    closed.countDown();
    for (var thread : threads) {
      thread.join();
    }
    assertThat(wrong).isEmpty();
    try (var again = tier.open(spec())) {
      again.put(key("b"), value("2"));
      assertThat(text(again.get(key("b")))).isEqualTo("2");
    }
  }

  @Test
  void memoryIsBoundedAndInterruptible() {
    assumeTrue(level() == 1, "lower levels may be called on threads of their own");
    assertThat(bounded() && interruptible()).isTrue();
  }

  @Test
  void callsEndSoonByThemselves() throws Exception {
    assumeTrue(bounded(), "not declared");
    try (var region = tier.open(spec())) {
      region.put(key("a"), value("1"));
      HostCalls.assertReturnsWithin(LIMIT, () -> put(region, "b"));
      HostCalls.assertReturnsWithin(LIMIT, () -> region.get(key("a")));
      HostCalls.assertReturnsWithin(LIMIT, () -> region.get(key("missing")));
    }
  }

  @Test
  void interruptedCallsEndSoonAndHarmNothing() throws Exception {
    assumeTrue(interruptible(), "not declared");
    try (var region = tier.open(spec())) {
      region.put(key("a"), value("1"));
      HostCalls.assertEndsWhenInterrupted(() -> region.get(key("a")));
      HostCalls.assertEndsWhenInterrupted(() -> put(region, "b"));
      HostCalls.assertEndsWhenInterrupted(() -> put(region, "a"));
      assertThat(text(region.get(key("a")))).isIn("1", "value of a");
      put(region, "c");
      assertThat(text(region.get(key("c")))).isEqualTo("value of c");
    }
  }

  private Object put(Region region, String name) throws IOException {
    region.put(key(name), value("value of " + name));
    return name;
  }

  @Test
  void refusesOrHoldsWhatItIsGivenButNeverBoth() throws IOException {
    // A tier may refuse a value, with an IOException; what it took it must give.
    try (var region = tier.open(spec())) {
      for (var text : List.of("", "\0", "ä€😀")) {
        try {
          region.put(key("odd"), value(text));
        } catch (IOException refused) {
          continue;
        }
        var read = region.get(key("odd"));
        if (read == null) {
          fail("took it and lost it");
        }
        assertThat(text(read)).isEqualTo(text);
      }
    }
  }
}
