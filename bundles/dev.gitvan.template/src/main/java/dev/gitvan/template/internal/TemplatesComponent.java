package dev.gitvan.template.internal;

import dev.gitvan.cache.CacheHandle;
import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.DebugLines;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.document.Documents;
import dev.gitvan.git.Git;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.Recorder;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.TemplateData;
import dev.gitvan.template.Templates;
import dev.gitvan.template.internal.rendered.RenderedOutputs;
import dev.gitvan.template.spi.GitVanTemplateEngine;
import dev.gitvan.template.spi.TemplateEngine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Templates over whatever engines are installed. */
@Component(service = {Templates.class, RejectionSource.class})
public final class TemplatesComponent implements Templates, RejectionSource {
  private static final String ENGINE = GitVanTemplateEngine.PREFIX_ + "engine";
  private static final String REPRODUCIBLE = GitVanTemplateEngine.PREFIX_ + "reproducible";

  /** Of one repository's outputs in memory. */
  private static final long RENDERED_BYTES = 16L << 20;

  private static final String EXTENSIONS = GitVanTemplateEngine.PREFIX_ + "extensions";

  /** Absent, templates that do not look at the repository render all the same. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Git git;

  /** Absent, whatever is needed is compiled. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile CacheRegistry caches;

  @Reference(
      target = "(" + DebugLines.PART + "=templates)",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  volatile List<DebugLines> debugging = List.of();

  private final Debug debug = new Debug(() -> debugging);
  private final RenderSlots slots = new RenderSlots(Runtime.getRuntime().availableProcessors());
  private final Recorder rendering;
  private final Recorder waiting;
  private final Documents documents;
  private final Engines engines = new Engines();
  private final Sessions sessions;
  private final Map<RepositoryId, RateLimiter> limiters = new ConcurrentHashMap<>();
  private final Map<Long, Rejection> unnamed = new ConcurrentHashMap<>();

  /** Null outside of a framework: engines are then {@link #add added} by hand. */
  private final BundleContext context;

  @Activate
  public TemplatesComponent(
      BundleContext context, @Reference Metrics metrics, @Reference Documents documents) {
    this.context = context;
    this.documents = documents;
    this.rendering = metrics.recorder(Operation.TEMPLATE_RENDER);
    this.waiting = metrics.recorder(Operation.FILES_WAIT);
    this.sessions = new Sessions(metrics.recorder(Operation.TEMPLATE_COMPILE), debug);
  }

  @Reference(
      service = TemplateEngine.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addEngine(ComponentServiceObjects<TemplateEngine> objects) {
    var reference = objects.getServiceReference();
    long id = id(reference);
    var bundle = reference.getBundle();
    var described = bundle.getSymbolicName() + " " + bundle.getVersion();
    if (!(reference.getProperty(ENGINE) instanceof String name) || name.isBlank()) {
      unnamed.put(
          id,
          new Rejection(
              "template",
              "service " + id,
              described,
              "NAME_MISSING",
              "the engine has no property " + ENGINE));
      return;
    }
    add(
        new InstalledEngine(
            name,
            extensions(reference.getProperty(EXTENSIONS)),
            new InstalledEngine.Rank(
                reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking
                    ? ranking
                    : 0,
                bundle.getSymbolicName(),
                bundle.getVersion(),
                bundle.getBundleId(),
                id),
            described,
            Boolean.TRUE.equals(reference.getProperty(REPRODUCIBLE)),
            new EngineService(name, objects, context.getBundle())));
  }

  void removeEngine(ServiceReference<TemplateEngine> reference) {
    unnamed.remove(id(reference));
    remove(id(reference));
  }

  void add(InstalledEngine engine) {
    engines.add(engine);
  }

  void remove(long id) {
    engines.remove(id);
    sessions.dropEngine(id);
    forgetCompiled();
  }

  @Deactivate
  void deactivate() {
    sessions.dropAll();
    forgetCompiled();
  }

  private void forgetCompiled() {
    var registry = caches;
    if (registry != null) {
      registry.clear(CompiledCache.NAME);
    }
  }

  @Override
  public TemplateSet open(WorktreeId worktree, Configuration configuration, boolean dryRun) {
    var repositorys = outputs(worktree.repository());
    return open(worktree, configuration, dryRun, new RenderedOutputs(repositorys, repositorys));
  }

  @Override
  public TemplateSet openForRun(WorktreeId worktree, Configuration configuration, boolean dryRun) {
    var outputs = new RenderedOutputs(outputs(null), outputs(worktree.repository()));
    return open(worktree, configuration, dryRun, outputs);
  }

  private TemplateSet open(
      WorktreeId worktree, Configuration configuration, boolean dryRun, RenderedOutputs outputs) {
    engines.named(configuration.templates().engine());
    boolean isolated = dryRun || !configuration.templates().cache();
    return new WorktreeTemplates(
        engines,
        sessions,
        stores(worktree, configuration, dryRun),
        outputs,
        rendering,
        slots,
        debug,
        documents,
        worktree,
        configuration,
        pace(worktree.repository(), configuration.files().rate()),
        isolated);
  }

  /** All who write to a repository share what may be written to it. */
  private Pace pace(RepositoryId repository, long rate) {
    return rate == 0
        ? Pace.NONE
        : Pace.of(limiters.computeIfAbsent(repository, id -> new RateLimiter()), rate, waiting);
  }

  /**
   * The cache of outputs.
   *
   * @param repository null: the one that is in no repository
   */
  private CacheHandle<String, byte[]> outputs(RepositoryId repository) {
    return new CacheHandle<>(
        () -> caches,
        () ->
            CacheSpec.ofBytes(
                RenderedOutputs.NAME, RenderedOutputs.SCHEMA, repository, RENDERED_BYTES));
  }

  private WorktreeTemplates.CompiledStores stores(
      WorktreeId worktree, Configuration configuration, boolean dryRun) {
    if (!configuration.templates().cache()) {
      return engine -> CompiledStore.NONE;
    }
    if (dryRun) {
      var store = new CompiledStore.Private();
      return engine -> store;
    }
    var memory = configuration.cache();
    var cache =
        new CacheHandle<>(
            () -> caches,
            () ->
                new CacheSpec<CompiledKey, Object>(
                    CompiledCache.NAME,
                    1,
                    worktree.repository(),
                    null,
                    null,
                    memory.memoryTtl(),
                    memory.memoryEntries(),
                    null,
                    0));
    return engine -> new CompiledCache(cache, engine.id(), engine.service()::isGone);
  }

  @Override
  public TemplateData data(
      WorktreeId worktree,
      Configuration configuration,
      Instant now,
      Map<String, String> environment) {
    return new WorktreeData(git, worktree, configuration.templates(), now, environment);
  }

  @Override
  public List<Rejection> rejections() {
    var all = new java.util.ArrayList<>(unnamed.values());
    all.addAll(engines.rejections());
    return all;
  }

  private static long id(ServiceReference<TemplateEngine> reference) {
    return (Long) reference.getProperty(Constants.SERVICE_ID);
  }

  private static Set<String> extensions(Object property) {
    if (property instanceof String[] several) {
      return Set.of(several);
    }
    return property instanceof String one ? Set.of(one) : Set.of();
  }
}
