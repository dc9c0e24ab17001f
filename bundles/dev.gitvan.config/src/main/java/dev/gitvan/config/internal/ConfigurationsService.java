package dev.gitvan.config.internal;

import dev.gitvan.cache.CacheHandle;
import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.config.Configuration;
import dev.gitvan.config.Configurations;
import dev.gitvan.config.Section;
import dev.gitvan.config.internal.setting.ConfigurationSchema;
import dev.gitvan.config.internal.setting.Sections;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.home.GitVanHome;
import dev.gitvan.job.StepSchema;
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
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Loads configurations. Each load checks whether the files or the sections have changed; the cache
 * {@value #CACHE}, if there is one, keeps the configurations of equal files. Once a worktree has
 * had a valid configuration in this process, an invalid edit does not take it away.
 */
@Component(service = SharedService.class)
@GitVanSharedService(type = Configurations.class)
public final class ConfigurationsService implements Configurations, SharedService {
  static final String CACHE = "configuration";

  /** Maximum number of worktrees with a state; the least recently used one is removed. */
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
  private final Supplier<Sections> sections;
  private final Path user;
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
   * @param files at the last check; null when it failed
   * @param good the last valid configuration
   * @param revision of the sections that checked it
   * @param rejected the problem of the files as they are now; null when they are valid
   * @param since time of the first load
   */
  private record State(
      ConfigurationFiles files, Configuration good, long revision, Problem rejected, long since) {}

  @Activate
  public ConfigurationsService(
      @Reference Documents documents,
      @Reference Metrics metrics,
      @Reference InstalledSections sections,
      BundleContext context) {
    this(
        documents,
        metrics,
        sections::get,
        GitVanHome.of(context::getProperty).config(),
        () -> FileSystems.getDefault().newWatchService(),
        System::nanoTime);
  }

  /**
   * For tests: with sections of GitVan, and without a user's file. Not a constructor: of several
   * public ones with as many parameters, SCR may try this one and log an error.
   */
  public static ConfigurationsService with(
      Documents documents, Metrics metrics, Section... builtIn) {
    return with(documents, metrics, (Path) null, builtIn);
  }

  /** For tests: with sections of GitVan, and the folder of the user's file. */
  public static ConfigurationsService with(
      Documents documents, Metrics metrics, Path user, Section... builtIn) {
    return new ConfigurationsService(
        documents,
        metrics,
        fixed(builtIn),
        user,
        () -> FileSystems.getDefault().newWatchService(),
        System::nanoTime);
  }

  /** For tests: with the sections that are contributed, and without a user's file. */
  public static ConfigurationsService with(
      Documents documents, Metrics metrics, InstalledSections sections) {
    return new ConfigurationsService(
        documents,
        metrics,
        sections::get,
        null,
        () -> FileSystems.getDefault().newWatchService(),
        System::nanoTime);
  }

  /**
   * @param user the folder of the user's own file; null for none
   * @param opener opens the system's file watch
   * @param nanos the time
   */
  ConfigurationsService(
      Documents documents,
      Metrics metrics,
      Supplier<Sections> sections,
      Path user,
      FolderWatch.Opener opener,
      LongSupplier nanos) {
    this.documents = documents;
    this.sections = sections;
    this.user = user;
    this.loader =
        new ConfigurationLoader(
            documents,
            user == null ? "your own gitvan.yaml" : user.resolve("gitvan.yaml").toString());
    this.recorder = metrics.recorder(Operation.CONFIG_LOAD);
    this.nanos = nanos;
    this.watch = new FolderWatch(opener, ConfigurationFiles::isName, nanos);
  }

  static Supplier<Sections> fixed(Section... builtIn) {
    var sections = new Sections(List.of(builtIn), List.of(), Set.of(), 0);
    return () -> sections;
  }

  @Deactivate
  public void close() {
    watch.close();
  }

  /** For tests: whether the system reports changes in a worktree. */
  boolean isWatched(WorktreeId worktree) {
    return watch.isWatched(worktree.workTree());
  }

  @Override
  public Configuration load(WorktreeId worktree) {
    long start = System.nanoTime();
    try {
      return load(worktree.isBare() ? null : worktree.workTree());
    } finally {
      recorder.since(start);
    }
  }

  @Override
  public Configuration ofUser() {
    try {
      return load((Path) null);
    } catch (GitVanException e) {
      if (e.problem().code().equals(Codes.INTERRUPTED)) {
        throw e;
      }
      return defaults(); // load of any worktree reports the problem
    }
  }

  /**
   * @param root the worktree's root; null for the user's file alone
   */
  private Configuration load(Path root) {
    var now = sections.get();
    State known;
    synchronized (states) {
      known = states.get(root);
    }
    if (known == null) {
      return first(root, now);
    }
    boolean suspect = root != null && livesOn(known) && watch.mayHaveChanged(root);
    try {
      if (!suspect
          && known.revision() == now.revision()
          && known.files() != null
          && known.files().unchanged()) {
        return known.rejected() == null ? kept(known) : known.good();
      }
      return again(root, known, now);
    } catch (GitVanException e) {
      if (e.problem().code().equals(Codes.INTERRUPTED)) {
        throw e; // the files are not the problem
      }
      remember(root, new State(null, known.good(), known.revision(), e.problem(), known.since()));
      return known.good();
    }
  }

  private Configuration first(Path root, Sections now) {
    var files = ConfigurationFiles.look(user, root);
    var contents = ConfigurationLoader.read(files);
    var configuration = loader.load(contents, now);
    remember(root, new State(files, configuration, now.revision(), null, nanos.getAsLong()));
    return configuration;
  }

  /** Reads the files again, and parses them only if they or the sections have changed. */
  private Configuration again(Path root, State known, Sections now) {
    var files = ConfigurationFiles.look(user, root);
    var contents = ConfigurationLoader.read(files);
    var fingerprint = ConfigurationLoader.fingerprint(contents);
    try {
      var configuration =
          known.revision() == now.revision() && known.good().fingerprint().equals(fingerprint)
              ? kept(known)
              : cached(known, key(fingerprint, now.revision()), () -> loader.load(contents, now));
      remember(root, new State(files, configuration, now.revision(), null, known.since()));
      return configuration;
    } catch (GitVanException e) {
      remember(root, new State(files, known.good(), now.revision(), e.problem(), known.since()));
      return known.good();
    }
  }

  private Configuration kept(State known) {
    return cached(known, key(known.good().fingerprint(), known.revision()), known::good);
  }

  private static String key(String fingerprint, long revision) {
    return fingerprint + "/" + revision;
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

  private Configuration cached(State known, String key, Supplier<Configuration> load) {
    if (!livesOn(known)) {
      return load.get();
    }
    try {
      return cache.get().get(key, missing -> load.get());
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
    synchronized (states) {
      var known = states.get(worktree.isBare() ? null : worktree.workTree());
      return Optional.ofNullable(known == null ? null : known.rejected());
    }
  }

  @Override
  public Validation validate(WorktreeId worktree) {
    var root = worktree.isBare() ? null : worktree.workTree();
    var errors = new ArrayList<Problem>();
    if (root != null) {
      for (var name : ConfigurationFiles.nearNames(root)) {
        errors.add(
            new Problem(
                Codes.CONFIG_FILE_NAME,
                name,
                "GitVan does not read files with this name",
                "Rename it to gitvan.yaml or gitvan-local.yaml."));
      }
    }
    try {
      var contents = ConfigurationLoader.read(ConfigurationFiles.look(user, root));
      var found = loader.validate(contents, sections.get());
      errors.addAll(found.errors());
      return new Validation(errors, found.warnings());
    } catch (GitVanException e) {
      errors.add(e.problem());
      return new Validation(errors, List.of());
    }
  }

  @Override
  public List<Path> files(WorktreeId worktree) {
    var root = worktree.isBare() ? null : worktree.workTree();
    return ConfigurationFiles.look(user, root).files().stream()
        .map(ConfigurationFiles.Found::path)
        .toList();
  }

  @Override
  public Configuration defaults() {
    return loader.load(List.of(), sections.get());
  }

  @Override
  public String schema(Map<String, StepSchema> steps) {
    return documents.toPrettyJson(ConfigurationSchema.document(sections.get(), steps)) + "\n";
  }
}
