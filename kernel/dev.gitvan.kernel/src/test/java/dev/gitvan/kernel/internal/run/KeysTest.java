package dev.gitvan.kernel.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.StoredRun;
import dev.gitvan.job.spi.JobResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeysTest {
  @TempDir Path directory;
  private Runs runs;
  private Runner other;
  private final AtomicInteger calls = new AtomicInteger();

  @BeforeEach
  void open() {
    runs = new Runs(directory);
    other = runs.newRunner();
    runs.job(
        "job",
        "inputs",
        "a=1",
        context -> {
          calls.incrementAndGet();
          return JobResult.ok();
        });
  }

  @AfterEach
  void close() {
    other.close();
    runs.close();
  }

  private JobOrder.Builder keyed(String key) {
    return runs.order("job").key(key);
  }

  @Test
  void sameKeyReturnsTheFirstRun() {
    var first = runs.submit(keyed("k"));
    var receipt = Runs.ended(first);
    for (var runner : List.of(runs.runner, other)) {
      var again = runs.submit(runner, keyed("k"));
      assertThat(again.existing()).isTrue();
      assertThat(again.id()).isEqualTo(first.id());
      assertThat(Runs.ended(again).toMap()).isEqualTo(receipt.toMap());
    }
    assertThat(calls).hasValue(1);
    assertThat(Runs.ended(runs.submit(keyed("other"))).status()).isEqualTo(RunStatus.OK);
    assertThat(calls).hasValue(2);
  }

  @Test
  void runsWithoutAKeyAreAllDifferent() {
    runs.run("job");
    runs.run("job");
    assertThat(calls).hasValue(2);
    assertThat(runs.worktree.repository().stateDir()).doesNotExist();
  }

  @Test
  void sameKeyWithOtherInputsOrJobIsAConflict() {
    runs.job("another", c -> JobResult.ok());
    var first = runs.submit(keyed("k"));
    Runs.ended(first);
    assertThatThrownBy(() -> runs.submit(other, keyed("k").inputs(Map.of("a", 2))))
        .hasMessageContaining("KEY_CONFLICT key k: the key belongs to run " + first.id());
    assertThatThrownBy(() -> runs.submit(other, runs.order("another").key("k")))
        .hasMessageContaining(Codes.KEY_CONFLICT.name());
  }

  @Test
  void failedRunKeepsItsKey() {
    runs.job("bad", c -> JobResult.failed("no"));
    var first = runs.submit(runs.order("bad").key("k"));
    Runs.ended(first);
    var again = runs.submit(other, runs.order("bad").key("k"));
    assertThat(again.existing()).isTrue();
    assertThat(Runs.ended(again).status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void runThatIsGoingOnIsWaitedForByOthers() throws Exception {
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    runs.job(
        "slow",
        context -> {
          inside.countDown();
          go.await();
          return JobResult.ok();
        });
    var first = runs.submit(runs.order("slow").key("k"));
    inside.await();
    var here = runs.submit(runs.order("slow").key("k"));
    var there = runs.submit(other, runs.order("slow").key("k"));
    assertThat(here.existing()).isTrue();
    assertThat(there.existing()).isTrue();
    assertThat(there.await(Duration.ZERO)).isEmpty();
    there.cancel("not mine");
    go.countDown();

    assertThat(Runs.ended(here).id()).isEqualTo(first.id());
    assertThat(Runs.ended(there).status()).isEqualTo(RunStatus.OK);
  }

  /** Shown to fail without the lock over the keys. */
  @Test
  void ofManyAtOnceInTwoRunnersOneRuns() throws Exception {
    for (int round = 0; round < 20; round++) {
      var key = "key" + round;
      var all = new CopyOnWriteArrayList<JobRun>();
      var threads = new CopyOnWriteArrayList<Thread>();
      for (int i = 0; i < 8; i++) {
        var runner = i % 2 == 0 ? runs.runner : other;
        threads.add(new Thread(() -> all.add(runs.submit(runner, keyed(key)))));
      }
      threads.forEach(Thread::start);
      for (var thread : threads) {
        thread.join();
      }
      all.forEach(Runs::ended);
      assertThat(all).filteredOn(run -> !run.existing()).hasSize(1);
      assertThat(calls).hasValue(round + 1);
    }
  }

  @Test
  void keyOfADeadProcessWithoutReceiptIsFree() throws Exception {
    var dead = deadProcess();
    accept(dead, "01DEADRUN");

    var run = runs.submit(keyed("k"));
    assertThat(run.existing()).isFalse();
    assertThat(Runs.ended(run).status()).isEqualTo(RunStatus.OK);
    assertThat(runs.submit(other, keyed("k")).id()).isEqualTo(run.id());
  }

  @Test
  void keyOfADeadProcessWithAReceiptStays() throws Exception {
    var receipt = Runs.ended(runs.submit(keyed("k")));
    var file = keyFile();
    var text = Files.readString(file);
    var dead = deadProcess();
    Files.writeString(
        file,
        text.replaceAll("\"receipt\":.*", "\"receipt\":null}}")
            .replace("\"state\":\"ended\"", "\"state\":\"waiting\"")
            .replaceAll("\"pid\":\\d+", "\"pid\":" + dead.pid())
            .replaceAll("\"born\":\\d+", "\"born\":" + dead.born()));

    var again = runs.submit(other, keyed("k"));
    assertThat(again.existing()).isTrue();
    assertThat(Runs.ended(again)).isEqualTo(receipt);
  }

  @Test
  void waitForAProcessThatDiesEnds() throws Exception {
    var process = new ProcessBuilder("sleep", "60").start();
    var born = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    accept(new Owner("testhost", process.pid(), born), "01OTHERRUN");
    var run = runs.submit(keyed("k"));
    assertThat(run.existing()).isTrue();
    assertThat(run.receipt()).isEmpty();

    process.destroyForcibly().waitFor();
    var receipt = Runs.ended(run);
    assertThat(receipt.status()).isEqualTo(RunStatus.FAILED);
    assertThat(receipt.error().code()).isEqualTo(Codes.INTERRUPTED);
  }

  @Test
  void keysAreKeptForSevenDaysAndSweptThen() throws Exception {
    Runs.ended(runs.submit(keyed("old")));
    var file = keyFile();
    Files.setLastModifiedTime(
        file, java.nio.file.attribute.FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    var later = Instant.now().plus(Duration.ofDays(7));
    try (var next = runs.newRunner(InstantSource.fixed(later))) {
      Runs.ended(runs.submit(next, keyed("new")));
      assertThat(file).doesNotExist();
      assertThat(runs.submit(next, keyed("old")).existing()).isFalse();
    }
    var almost = Instant.now().plus(Duration.ofDays(6));
    try (var next = runs.newRunner(InstantSource.fixed(almost))) {
      assertThat(runs.submit(next, keyed("new")).existing()).isTrue();
    }
  }

  @Test
  void damagedKeyFileCountsAsNone() throws Exception {
    Runs.ended(runs.submit(keyed("k")));
    Files.writeString(keyFile(), "{\"run\":");
    assertThat(runs.submit(keyed("k")).existing()).isFalse();
  }

  /** Shown to fail when an instant at the end of time may have seven days added. */
  @Test
  void noCutOrChangedKeyFileFailsARun() throws Exception {
    Runs.ended(runs.submit(keyed("k")));
    var file = keyFile();
    var text = Files.readString(file);
    var whole = text.getBytes(StandardCharsets.UTF_8);
    var damaged = new ArrayList<byte[]>();
    damaged.add(
        text.replaceFirst("\"accepted\":\"[^\"]*", "\"accepted\":\"" + Instant.MAX)
            .getBytes(StandardCharsets.UTF_8));
    var random = new Random(7);
    for (int at = 0; at < whole.length; at++) {
      damaged.add(Arrays.copyOf(whole, at));
      var flipped = whole.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      damaged.add(flipped);
    }
    var keys = new KeyFiles(() -> runs.documents, InstantSource.system(), deadProcess());
    for (var content : damaged) {
      Files.write(file, content);
      keys.look(runs.worktree.repository(), "k");
    }
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThat(runs.submit(keyed("k")).existing()).isFalse();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void linksAndSpecialFilesInPlaceOfKeysAreNotOpened() throws Exception {
    Runs.ended(runs.submit(keyed("k")));
    var file = keyFile();
    var precious = Files.writeString(directory.resolve("precious"), "mine\n");
    Files.delete(file);
    Files.createSymbolicLink(file, precious);
    Files.createSymbolicLink(file.resolveSibling("dangling.json"), directory.resolve("nowhere"));
    var replaced = runs.submit(other, keyed("k"));
    assertThat(replaced.existing()).isFalse();
    Runs.ended(replaced);
    assertThat(precious).hasContent("mine\n");
    assertThat(runs.submit(other, keyed("k")).existing()).isTrue();

    Files.delete(file);
    mkfifo(file);
    var another = runs.submit(other, keyed("k"));
    assertThat(another.existing()).isFalse();
    Runs.ended(another);

    var lock = file.resolveSibling("lock");
    Files.delete(lock);
    mkfifo(lock);
    assertThatThrownBy(() -> runs.submit(other, keyed("k")))
        .hasMessageContaining(lock + ": a special file is where GitVan keeps a file of its own");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aLinkedStateFolderIsRefusedByName() throws Exception {
    var state = runs.worktree.repository().stateDir();
    var elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Files.createDirectories(state.getParent());
    Files.createSymbolicLink(state, elsewhere);
    assertThatThrownBy(() -> runs.submit(keyed("k")))
        .hasMessageContaining(state + ": a symbolic link is where GitVan keeps a folder");
    assertThat(elsewhere).isEmptyDirectory();
  }

  private static void mkfifo(Path file) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
  }

  private Path keyFile() throws Exception {
    try (var files = Files.list(KeyFiles.directory(runs.worktree.repository()))) {
      return files.filter(f -> f.toString().endsWith(".json")).findFirst().orElseThrow();
    }
  }

  /** A run of another process, which has the key k. */
  private void accept(Owner owner, String id) {
    var store = new LocalRunStore(() -> runs.documents, InstantSource.system(), owner);
    store.accept(StoredRun.accepted(id, keyed("k").build(), Instant.now()));
  }

  private static Owner deadProcess() throws Exception {
    var process = new ProcessBuilder("true").start();
    long pid = process.pid();
    process.waitFor();
    return new Owner("testhost", pid, 1);
  }
}
