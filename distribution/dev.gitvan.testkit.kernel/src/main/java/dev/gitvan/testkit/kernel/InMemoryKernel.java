package dev.gitvan.testkit.kernel;

import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.heap.internal.HeapTier;
import dev.gitvan.config.Configurations;
import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.InstalledSections;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.document.Documents;
import dev.gitvan.hook.HookRegistry;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRegistry;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.JobRunner;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunEvent;
import dev.gitvan.jobs.file.internal.FileJobSource;
import dev.gitvan.jobs.file.internal.run.StepTypes;
import dev.gitvan.jobs.file.internal.step.CommitStep;
import dev.gitvan.jobs.file.internal.step.JobStep;
import dev.gitvan.jobs.file.internal.step.NoteStep;
import dev.gitvan.jobs.file.internal.step.RunStep;
import dev.gitvan.jobs.file.internal.step.TagStep;
import dev.gitvan.jobs.file.internal.step.TemplateStep;
import dev.gitvan.kernel.internal.BundlesSection;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.cache.CacheSection;
import dev.gitvan.kernel.internal.run.DaemonSection;
import dev.gitvan.kernel.internal.run.EventsSection;
import dev.gitvan.kernel.internal.run.LocalKernel;
import dev.gitvan.kernel.internal.run.QueueSection;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.internal.Gauges;
import dev.gitvan.metrics.internal.HistogramMetrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.Templates;
import dev.gitvan.template.internal.FilesSection;
import dev.gitvan.template.internal.TemplatesComponent;
import dev.gitvan.template.internal.TemplatesSection;
import dev.gitvan.template.pebble.internal.PebbleTemplateEngine;
import dev.gitvan.testkit.MemoryTransactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * GitVan's own kernel, step types, templates, caches, configuration and metrics in a test: without
 * a framework and without Git. Contributions are accepted, rejected, ordered, called, timed and
 * isolated as in the running system. Files, such as {@code gitvan.yaml}, are real; what runs stage
 * stays in {@link #git}. Not covered are what the framework does (wiring, replacement) and Git
 * itself.
 */
public final class InMemoryKernel implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final MemoryTransactions git = new MemoryTransactions();
  private final Documents documents = new DocumentsService();
  private final WorktreeId worktree;
  private final LocalKernel kernel;
  private final ConfigurationsService configurations;
  private final Metrics metrics;
  private final Templates templates;
  private final Map<String, Long> bundles = new HashMap<>();
  private long services;

  private InMemoryKernel(Path directory) {
    this.worktree = worktree(directory);
    this.kernel = new LocalKernel(documents, this::metrics, this::configurations, git);
    var registry = kernel.extensions();
    this.metrics = HistogramMetrics.inMemory(new Gauges(registry));
    this.configurations =
        ConfigurationsService.with(documents, metrics, new InstalledSections(registry));
    this.templates = TemplatesComponent.with(registry, kernel.caches(), metrics, documents);
    for (var section :
        List.of(
            new BundlesSection(),
            new CacheSection(),
            new DaemonSection(),
            new EventsSection(),
            new FilesSection(),
            new QueueSection(),
            new TemplatesSection())) {
      add(section);
    }
    add(new HeapTier());
    add(new PebbleTemplateEngine(documents));
    add(new CommitStep());
    add(new JobStep());
    add(new NoteStep());
    add(new RunStep(new LocalLauncher()));
    add(new TagStep());
    add(new TemplateStep(templates, documents, metrics));
    add(new FileJobSource(templates, documents, new StepTypes(registry)));
  }

  private static WorktreeId worktree(Path directory) {
    try {
      var root = directory.toRealPath();
      var git = Files.createDirectories(root.resolve(".git"));
      return new WorktreeId(git, new RepositoryId(git), root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns a builder of a kernel without contributions other than GitVan's own.
   *
   * @param directory the worktree: an existing directory, such as a JUnit {@code @TempDir}
   */
  public static Builder builder(Path directory) {
    return new Builder(directory);
  }

  /** The contributions to a kernel. */
  public static final class Builder {
    private final InMemoryKernel kernel;

    private Builder(Path directory) {
      this.kernel = new InMemoryKernel(directory);
    }

    /**
     * Contributes a component: a job, a hook, a step type, a cache tier, a template filter, a
     * section, ... Its types and properties are those of the description that bnd made of its
     * annotations.
     *
     * @throws IllegalArgumentException if there is no description next to its class
     */
    public Builder component(Object component) {
      kernel.add(component);
      return this;
    }

    /**
     * Contributes a service that is not a component, such as a lambda.
     *
     * @param properties the service's properties, such as {@code gitvan.job.name}
     */
    public <S> Builder service(Class<S> type, S service, Map<String, ?> properties) {
      kernel.add(type, service, properties, "org.example.test", new Version("1.0.0"));
      return this;
    }

    public InMemoryKernel build() {
      return kernel;
    }
  }

  private void add(Object component) {
    var description = ComponentDescription.of(component.getClass());
    for (var name : description.interfaces()) {
      var type = type(component.getClass(), name);
      add(
          type,
          type.cast(component),
          description.properties(),
          description.symbolicName(),
          description.version());
    }
  }

  @SuppressWarnings("unchecked") // The component's class loader has the type that it implements.
  private static Class<Object> type(Class<?> component, String name) {
    try {
      return (Class<Object>) Class.forName(name, false, component.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private <S> void add(
      Class<S> type, S service, Map<String, ?> properties, String bundle, Version version) {
    var all = new HashMap<String, Object>(properties);
    long id = ++services;
    all.put(Constants.SERVICE_ID, id);
    all.putIfAbsent(Constants.SERVICE_SCOPE, Constants.SCOPE_SINGLETON);
    long bundleId = bundles.computeIfAbsent(bundle, name -> bundles.size() + 1L);
    kernel.add(type, new Offer<>(id, all, bundle, version, bundleId, () -> service, object -> {}));
  }

  /** The worktree, in which files such as {@code gitvan.yaml} can be written. */
  public WorktreeId worktree() {
    return worktree;
  }

  /** An order to run a job here, which can be changed before it is {@link #run}. */
  public JobOrder.Builder order(String job) {
    return JobOrder.builder(worktree, job);
  }

  /**
   * Runs a job and the jobs that it leads to.
   *
   * @throws dev.gitvan.diagnostics.GitVanException if the order is refused
   */
  public FinishedRun run(String job) throws InterruptedException {
    return run(order(job).build());
  }

  /** As {@link #run(String)}. */
  public FinishedRun run(JobOrder order) throws InterruptedException {
    var events = new CopyOnWriteArrayList<RunEvent>();
    return new FinishedRun(await(runner().submit(order, events::add)), events);
  }

  private static Receipt await(JobRun run) throws InterruptedException {
    var receipt =
        run.await(LIMIT).orElseThrow(() -> new AssertionError(run.order() + " did not end"));
    for (var next : run.followUps()) {
      await(next);
    }
    return receipt;
  }

  /** What runs have applied, and their receipts. */
  public MemoryTransactions git() {
    return git;
  }

  public JobRunner runner() {
    return kernel.runner();
  }

  public JobRegistry jobs() {
    return kernel.jobs();
  }

  public HookRegistry hooks() {
    return kernel.hooks();
  }

  public CacheRegistry caches() {
    return kernel.caches();
  }

  public Templates templates() {
    return templates;
  }

  /** What reads YAML and JSON. */
  public Documents documents() {
    return documents;
  }

  public Configurations configurations() {
    return configurations;
  }

  public Metrics metrics() {
    return metrics;
  }

  /** The contributions that were rejected, with the reasons, as {@code gitvan diag} shows them. */
  public List<Rejection> rejections() {
    return kernel.rejections();
  }

  @Override
  public void close() {
    kernel.close();
    configurations.close();
  }
}
