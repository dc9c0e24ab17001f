package dev.gitvan.kernel.internal.run;

import dev.gitvan.document.Documents;
import dev.gitvan.job.RunState;
import dev.gitvan.job.StoredRun;
import dev.gitvan.job.spi.GitVanRunStore;
import dev.gitvan.job.spi.RunStore;
import dev.gitvan.repository.RepositoryId;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The runs of this process, in memory: those that wait or run, and the last {@value #KEPT} that
 * have ended. Their keys are in {@linkplain KeyFiles files} of the repository, which all processes
 * share.
 */
@Component(name = "dev.gitvan.kernel.run-store", service = RunStore.class)
@GitVanRunStore(name = LocalRunStore.NAME)
public final class LocalRunStore implements RunStore {
  static final String NAME = "local";

  private static final int KEPT = 1000;

  private final KeyFiles keys;

  /** By id, so oldest first. */
  private final Map<String, StoredRun> runs = new TreeMap<>();

  /** Ids in the order in which the runs ended. */
  private final Deque<String> ended = new ArrayDeque<>();

  @Activate
  public LocalRunStore(@Reference Documents documents) {
    this(() -> documents, InstantSource.system(), Owner.self(Host.name()));
  }

  LocalRunStore(Supplier<Documents> documents, InstantSource clock, Owner self) {
    this.keys = new KeyFiles(documents, clock, self);
  }

  @Override
  public Optional<StoredRun> accept(StoredRun run) {
    var holder = run.order().key().flatMap(key -> keys.claim(run));
    if (holder.isEmpty()) {
      synchronized (runs) {
        runs.put(run.id(), run);
      }
    }
    return holder;
  }

  @Override
  public void update(StoredRun run) {
    boolean isEnd = run.state() == RunState.ENDED;
    synchronized (runs) {
      if (!runs.containsKey(run.id())) {
        return;
      }
      runs.put(run.id(), isEnd ? withoutEnvironment(run) : run);
      if (isEnd) {
        ended.add(run.id());
        if (ended.size() > KEPT) {
          runs.remove(ended.remove());
        }
      }
    }
    if (isEnd && run.order().key().isPresent()) {
      keys.update(run);
    }
  }

  /** Nobody runs it again with it, and it is large. */
  private static StoredRun withoutEnvironment(StoredRun run) {
    return run.withOrder(run.order().toBuilder().environment(Map.of()).build());
  }

  @Override
  public void releaseKey(StoredRun run) {
    if (run.order().key().isPresent()) {
      keys.release(run);
    }
  }

  @Override
  public void remove(StoredRun run) {
    synchronized (runs) {
      runs.remove(run.id());
    }
    releaseKey(run);
  }

  @Override
  public Optional<StoredRun> withKey(RepositoryId repository, String key) {
    return keys.look(repository, key);
  }

  @Override
  public Optional<StoredRun> find(String id) {
    synchronized (runs) {
      return Optional.ofNullable(runs.get(id));
    }
  }

  @Override
  public List<StoredRun> list() {
    synchronized (runs) {
      return List.copyOf(runs.values());
    }
  }
}
