package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every hook must do, wherever it is called. Extend it, return the hook and its points, and
 * add tests of what the hook decides. A test that does not end is interrupted after a minute.
 */
public abstract class HookContract extends Contract {
  private static final int THREADS = 8;

  /** A new hook, as its component would be. */
  protected abstract Hook hook();

  /** The points that it is registered for. */
  protected abstract List<String> points();

  /** Maximum duration of one call, as the annotation says. */
  protected Duration limit() {
    return Duration.ofSeconds(10);
  }

  /** Where it is called. */
  protected WorktreeId worktree() {
    var git = Path.of("contract", ".git").toAbsolutePath();
    return new WorktreeId(git, new RepositoryId(git), git.getParent());
  }

  /** Data of an event; override it for points that need some and are not GitVan's own. */
  protected Map<String, Object> data(String point) {
    var data = new LinkedHashMap<String, Object>();
    if (!point.startsWith("job:")) {
      return data;
    }
    data.put("run", "01ARZ3NDEKTSV4RRFFQ69G5FAV");
    data.put("job", "changelog");
    data.put("inputs", Map.of("limit", 50L));
    if (point.equals(HookEvent.JOB_AFTER) || point.equals(HookEvent.JOB_ERROR)) {
      data.put("status", point.equals(HookEvent.JOB_AFTER) ? "ok" : "failed");
    }
    if (point.equals(HookEvent.JOB_ERROR)) {
      data.put("error", Map.of("code", "JOB_FAILED", "message", "it failed"));
    }
    return data;
  }

  /** An event of a point, as the registry fires it. */
  protected final HookEvent event(String point) {
    return new HookEvent(point, worktree(), data(point), HookEvent.DEFAULT_LIMIT);
  }

  @Test
  void namesItsPoints() {
    assertThat(points()).isNotEmpty().doesNotContainNull().doesNotHaveDuplicates();
  }

  @Test
  void answersEveryPointItIsCalledAt() throws Exception {
    for (var point : points()) {
      assertThat(hook().call(event(point))).as(point).isNotNull();
    }
  }

  @Test
  void answersWithinItsLimit() throws Exception {
    for (var point : points()) {
      long start = System.nanoTime();
      hook().call(event(point));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).as(point).isLessThan(limit());
    }
  }

  /** Data can be absent that a later version of the point declares: any answer will do. */
  @Test
  void bearsEventsWithoutData() {
    for (var point : points()) {
      var bare = new HookEvent(point, worktree(), Map.of(), HookEvent.DEFAULT_LIMIT);
      assertThatCode(() -> hook().call(bare)).as(point).doesNotThrowAnyException();
    }
  }

  @Test
  void answersManyThreadsAtOnceAlike() throws Exception {
    var hook = hook();
    for (var point : points()) {
      Class<? extends HookOutcome> alone = hook.call(event(point)).getClass();
      var others = new ConcurrentLinkedQueue<Object>();
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < THREADS; i++) {
        threads.add(
            new Thread(
                () -> {
                  try {
                    others.add(hook.call(event(point)).getClass());
                  } catch (Exception | Error e) {
                    others.add(e);
                  }
                }));
      }
      threads.forEach(Thread::start);
      for (var thread : threads) {
        thread.join();
      }
      assertThat(others).as(point).hasSize(THREADS).containsOnly(alone);
    }
  }

  @Test
  void endsSoonWhenItIsInterrupted() throws Exception {
    for (var point : points()) {
      var thread =
          new Thread(
              () -> {
                Thread.currentThread().interrupt();
                try {
                  hook().call(event(point));
                } catch (Exception e) {
                  // Ending by an exception is fine.
                }
              });
      thread.setDaemon(true);
      thread.start();
      thread.join(TimeUnit.SECONDS.toMillis(5));
      assertThat(thread.isAlive()).as(point + ": still runs").isFalse();
    }
  }
}
