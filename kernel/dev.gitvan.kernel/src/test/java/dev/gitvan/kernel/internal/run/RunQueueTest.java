package dev.gitvan.kernel.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobOrigin;
import dev.gitvan.job.Priority;
import dev.gitvan.job.RunListener;
import dev.gitvan.job.StoredRun;
import dev.gitvan.kernel.internal.job.JobCatalog;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunQueueTest {
  private static final Path GIT = Path.of("/repo/.git").toAbsolutePath();
  private static final WorktreeId WORKTREE =
      new WorktreeId(GIT, new RepositoryId(GIT), GIT.getParent());

  private final RunQueue queue = new RunQueue();

  private static LiveRun run(String id) {
    var order = JobOrder.builder(WORKTREE, "job").priority(Priority.NORMAL).build();
    var origin = new JobOrigin(JobOrigin.Kind.FILE, "job.yaml:1");
    var job = new JobCatalog.Entry(JobDefinition.builder("job", origin, "0").build(), null);
    var plan = LiveRun.Plan.of(null, job, Map.of());
    var events = new Events(RunListener.NONE, List.of());
    return new LiveRun(
        StoredRun.accepted(id, order, Instant.EPOCH), null, plan, events, cancelled -> {});
  }

  @Test
  void startsTheNextRunWhenThereIsRoom() {
    var first = run("1");
    var second = run("2");
    assertThat(queue.offer(first, 10, 1)).isTrue();
    assertThat(queue.offer(second, 10, 1)).isTrue();
    assertThat(queue.take()).isSameAs(first);
    assertThat(queue.take()).isNull();
    queue.ended(first);
    assertThat(queue.take()).isSameAs(second);
  }

  /**
   * A worker on its way to the queue may come after the closing has ended what ran.
   *
   * <p>Shown to fail when the queue did not know that it is closed: the second run was given out.
   */
  @Test
  void givesOutNothingOnceItIsClosed() {
    var running = run("1");
    var waiting = run("2");
    queue.offer(running, 10, 1);
    queue.offer(waiting, 10, 1);
    assertThat(queue.take()).isSameAs(running);
    queue.close();
    queue.ended(running);
    assertThat(queue.take()).isNull();
    assertThat(queue.remove(waiting)).isTrue();
    assertThat(queue.remove(waiting)).isFalse();
  }
}
