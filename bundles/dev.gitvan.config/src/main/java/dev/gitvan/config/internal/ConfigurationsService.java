package dev.gitvan.config.internal;

import dev.gitvan.cache.CacheHandle;
import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.config.Configuration;
import dev.gitvan.config.Configurations;
import dev.gitvan.config.internal.setting.ConfigurationSchema;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.Recorder;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Loads configurations. What the same files made before is in the cache {@value #CACHE}, if there
 * is one; whether they are the same is looked at each time. Once a worktree has had a good
 * configuration in this process, a bad edit does not take it away.
 */
@Component(service = SharedService.class)
@GitVanSharedService(type = Configurations.class)
public final class ConfigurationsService implements Configurations, SharedService {
  static final String CACHE = "configuration";

  /** Worktrees that are remembered; the one that was asked for longest ago goes first. */
  private static final int REMEMBERED = 256;

  /** A process that asks again after so long lives long enough for a watch and a cache to pay. */
  private static final Duration LONG_LIVED = Duration.ofSeconds(2);

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ComponentServiceObjects<CacheRegistry> caches;

  /** The registry reads configurations itself, so neither may need the other to begin with. */
  private volatile Registry registry;

  private record Registry(ComponentServiceObjects<CacheRegistry> objects, CacheRegistry object) {}

  private final Documents documents;
  private final ConfigurationLoader loader;
  private final Recorder recorder;
  private final Configuration defaults;
  private final LongSupplier nanos;
  private final FolderWatch watch;
  private final CacheHandle<String, Configuration> cache =
      new CacheHandle<>(this::registry, () -> CacheSpec.inMemory(CACHE, null, 0));

  private final Map<Path, State> states =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, State> eldest) {
          boolean removed = size() > REMEMBERED;
          if (removed) {
            watch.forget(eldest.getKey());
          }
          return removed;
        }
      };

  /**
   * What is known of a worktree.
   *
   * @param files as they were looked at last; null when they could not be
   * @param good the last configuration without a mistake
   * @param rejected what is wrong with the files as they are; null when nothing is
   * @param since when the worktree was asked for first
   */
  private record State(
      ConfigurationFiles files, Configuration good, Problem rejected, long since) {}

  @Activate
  public ConfigurationsService(@Reference Documents documents, @Reference Metrics metrics) {
    this(documents, metrics, () -> FileSystems.getDefault().newWatchService(), System::nanoTime);
  }

  /**
   * @param opener opens the system's file watch
   * @param nanos the time
   */
  ConfigurationsService(
      Documents documents, Metrics metrics, FolderWatch.Opener opener, LongSupplier nanos) {
    this.documents = documents;
    this.loader = new ConfigurationLoader(documents);
    this.recorder = metrics.recorder(Operation.CONFIG_LOAD);
    this.defaults = loader.load(List.of());
    this.nanos = nanos;
    this.watch = new FolderWatch(opener, ConfigurationFiles::isName, nanos);
  }

  @Deactivate
  public void close() {
    watch.close();
  }

  /** For tests: whether the system tells of changes in a worktree. */
  boolean isWatched(WorktreeId worktree) {
    return watch.isWatched(worktree.workTree());
  }

  @Override
  public Configuration load(WorktreeId worktree) {
    if (worktree.isBare()) {
      return defaults;
    }
    long start = System.nanoTime();
    try {
      return load(worktree.workTree());
    } finally {
      recorder.since(start);
    }
  }

  private Configuration load(Path root) {
    State known;
    synchronized (states) {
      known = states.get(root);
    }
    if (known == null) {
      return first(root);
    }
    boolean suspect = livesOn(known) && watch.mayHaveChanged(root);
    try {
      if (!suspect && known.files() != null && known.files().unchanged()) {
        return known.rejected() == null ? kept(known) : known.good();
      }
      return again(root, known);
    } catch (GitVanException e) {
      if (e.problem().code().equals(Codes.INTERRUPTED)) {
        throw e; // nothing is wrong with the files
      }
      remember(root, new State(null, known.good(), e.problem(), known.since()));
      return known.good();
    }
  }

  private Configuration first(Path root) {
    var files = ConfigurationFiles.look(root);
    var contents = ConfigurationLoader.read(files);
    var configuration = loader.load(contents);
    remember(root, new State(files, configuration, null, nanos.getAsLong()));
    return configuration;
  }

  /** Reads the files again; as long as they say the same, nothing else is done. */
  private Configuration again(Path root, State known) {
    var files = ConfigurationFiles.look(root);
    var contents = ConfigurationLoader.read(files);
    var fingerprint = ConfigurationLoader.fingerprint(contents);
    try {
      var configuration =
          known.good().fingerprint().equals(fingerprint)
              ? kept(known)
              : cached(known, fingerprint, () -> loader.load(contents));
      remember(root, new State(files, configuration, null, known.since()));
      return configuration;
    } catch (GitVanException e) {
      remember(root, new State(files, known.good(), e.problem(), known.since()));
      return known.good();
    }
  }

  private Configuration kept(State known) {
    return cached(known, known.good().fingerprint(), known::good);
  }

  private CacheRegistry registry() {
    var present = caches;
    var known = registry;
    if (present == null) {
      registry = null;
      return null;
    }
    if (known == null || known.objects() != present) {
      known = new Registry(present, present.getService());
      registry = known;
    }
    return known.object();
  }

  /** A short command would only pay for the cache. */
  private boolean livesOn(State known) {
    return nanos.getAsLong() - known.since() >= LONG_LIVED.toNanos();
  }

  private Configuration cached(State known, String fingerprint, Supplier<Configuration> load) {
    if (!livesOn(known)) {
      return load.get();
    }
    try {
      return cache.get().get(fingerprint, key -> load.get());
    } catch (RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return load.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void remember(Path root, State state) {
    synchronized (states) {
      states.put(root, state);
    }
  }

  @Override
  public Optional<Problem> rejected(WorktreeId worktree) {
    if (worktree.isBare()) {
      return Optional.empty();
    }
    synchronized (states) {
      var known = states.get(worktree.workTree());
      return Optional.ofNullable(known == null ? null : known.rejected());
    }
  }

  @Override
  public List<Problem> validate(WorktreeId worktree) {
    if (worktree.isBare()) {
      return List.of();
    }
    var root = worktree.workTree();
    var problems = new ArrayList<Problem>();
    for (var name : ConfigurationFiles.nearNames(root)) {
      problems.add(
          new Problem(
              Codes.CONFIG_FILE_NAME,
              name,
              "GitVan does not read a file of this name",
              "Rename it to gitvan.yaml or gitvan-local.yaml."));
    }
    try {
      problems.addAll(loader.problems(ConfigurationLoader.read(ConfigurationFiles.look(root))));
    } catch (GitVanException e) {
      problems.add(e.problem());
    }
    return List.copyOf(problems);
  }

  @Override
  public List<Path> files(WorktreeId worktree) {
    return worktree.isBare()
        ? List.of()
        : ConfigurationFiles.look(worktree.workTree()).files().stream()
            .map(ConfigurationFiles.Found::path)
            .toList();
  }

  @Override
  public Configuration defaults() {
    return defaults;
  }

  @Override
  public String schema() {
    return documents.toPrettyJson(ConfigurationSchema.document()) + "\n";
  }
}
