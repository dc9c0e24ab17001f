package dev.gitvan.template.internal;

import dev.gitvan.cache.CacheHandle;
import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.CacheSettings;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.DebugLines;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.document.Documents;
import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.ExtensionPointSpec;
import dev.gitvan.extension.ExtensionRegistry;
import dev.gitvan.extension.Selection;
import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.git.Git;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.Recorder;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.TemplateData;
import dev.gitvan.template.TemplateSettings;
import dev.gitvan.template.Templates;
import dev.gitvan.template.internal.rendered.RenderedOutputs;
import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.template.spi.TemplateFilter;
import dev.gitvan.template.spi.TemplateFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Templates over whatever engines are installed. */
@Component(service = {SharedService.class, RejectionSource.class})
@GitVanSharedService(type = Templates.class)
public final class TemplatesComponent implements Templates, SharedService, RejectionSource {

  /** Of one repository's outputs in memory. */
  private static final long RENDERED_BYTES = 16L << 20;

  /** Without it, templates that do not read the repository still render. */
  @Reference(
      target = "(!(gitvan.shared.present=false))",
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
  private final Sessions sessions;
  private volatile Engines engines;
  private volatile Extensions extensions;
  private final Map<RepositoryId, RateLimiter> limiters = new ConcurrentHashMap<>();

  @Activate
  public TemplatesComponent(
      BundleContext context,
      @Reference ExtensionRegistry registry,
      @Reference Metrics metrics,
      @Reference Documents documents) {
    this(context::getBundle, registry, metrics, documents);
  }

  /** For tests: over the extension points of a registry without a framework. */
  public static TemplatesComponent with(
      ExtensionRegistry registry, CacheRegistry caches, Metrics metrics, Documents documents) {
    var templates = new TemplatesComponent(() -> null, registry, metrics, documents);
    templates.caches = caches;
    return templates;
  }

  private TemplatesComponent(
      Supplier<Bundle> host, ExtensionRegistry registry, Metrics metrics, Documents documents) {
    this(metrics, documents, registry::carry, AbandonableCalls.Limits.DEFAULT);
    this.engines =
        new Engines(
            registry.open(
                ExtensionPointSpec.of(
                        "template",
                        TemplateEngine.class,
                        InstalledEngine.Properties::read,
                        InstalledEngine.Properties::name)
                    .onChange(this::enginesChanged)),
            extension -> ContributionIdentity.ofEngine(extension, host.get()));
    this.extensions =
        new Extensions(
            open(registry, ExtensionKind.FILTER), open(registry, ExtensionKind.FUNCTION), engines);
  }

  private void extensionsChanged() {
    var present = extensions;
    if (present != null) {
      present.changed();
    }
  }

  private <S> ExtensionPoint<S, ExtensionProperties> open(
      ExtensionRegistry registry, ExtensionKind<S> kind) {
    return registry.open(
        ExtensionPointSpec.of(
                kind.word(),
                kind.type(),
                properties -> ExtensionProperties.read(kind, properties),
                ExtensionProperties::name)
            .onChange(this::extensionsChanged));
  }

  TemplatesComponent(
      ExtensionPoint<TemplateEngine, InstalledEngine.Properties> engines,
      ExtensionPoint<TemplateFilter, ExtensionProperties> filters,
      ExtensionPoint<TemplateFunction, ExtensionProperties> functions,
      Metrics metrics,
      Documents documents,
      AbandonableCalls.Limits limits) {
    this(metrics, documents, work -> work, limits);
    this.engines =
        new Engines(engines, extension -> ContributionIdentity.ofEngine(extension, null));
    this.extensions = new Extensions(filters, functions, this.engines);
  }

  private TemplatesComponent(
      Metrics metrics,
      Documents documents,
      UnaryOperator<Runnable> carrier,
      AbandonableCalls.Limits limits) {
    this.documents = documents;
    this.rendering = metrics.recorder(Operation.TEMPLATE_RENDER);
    this.waiting = metrics.recorder(Operation.FILES_WAIT);
    this.sessions =
        new Sessions(metrics.recorder(Operation.TEMPLATE_COMPILE), debug, carrier, limits);
  }

  /** Drops what belongs to engines that are not in service any more. */
  void enginesChanged() {
    var present = engines;
    var gone = present == null ? List.<InstalledEngine>of() : present.gone();
    gone.forEach(engine -> sessions.dropEngine(engine.id()));
    if (!gone.isEmpty()) {
      forgetCompiled();
    }
  }

  @Deactivate
  void deactivate() {
    engines.close();
    extensions.close();
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
    engines
        .selecting(Selection.of(configuration))
        .named(TemplateSettings.of(configuration).engine());
    boolean isolated = dryRun || !TemplateSettings.of(configuration).cache();
    return new WorktreeTemplates(
        engines,
        extensions,
        sessions,
        stores(worktree, configuration, dryRun),
        outputs,
        rendering,
        slots,
        debug,
        documents,
        worktree,
        configuration,
        pace(worktree.repository(), configuration.get(FileSettings.RATE)),
        new OverwriteGuard(git, worktree),
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
    if (!TemplateSettings.of(configuration).cache()) {
      return engine -> CompiledStore.NONE;
    }
    if (dryRun) {
      var store = new CompiledStore.Private();
      return engine -> store;
    }
    var memory = CacheSettings.of(configuration);
    var cache =
        new CacheHandle<>(
            () -> caches,
            () ->
                CacheSpec.<CompiledKey, Object>builder(CompiledCache.NAME)
                    .repository(worktree.repository())
                    .ttl(memory.memoryTtl())
                    .maxEntries(memory.memoryEntries())
                    .build());
    return engine -> new CompiledCache(cache, engine.id(), engine::isGone);
  }

  @Override
  public TemplateData data(
      WorktreeId worktree,
      Configuration configuration,
      Instant now,
      Map<String, String> environment) {
    return new WorktreeData(git, worktree, TemplateSettings.of(configuration), now, environment);
  }

  @Override
  public List<Rejection> rejections() {
    var all = new ArrayList<>(engines.rejections());
    all.addAll(extensions.rejections());
    return all;
  }
}
