package dev.gitvan.template.internal;

import dev.gitvan.cache.CacheSettings;
import dev.gitvan.cache.CacheStats;
import dev.gitvan.cache.heap.internal.HeapTier;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.extension.Extension;
import dev.gitvan.git.GitSettings;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.cache.Caches;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.template.TemplateSettings;
import dev.gitvan.template.Templates.TemplateSet;
import dev.gitvan.template.pebble.internal.PebbleTemplateEngine;
import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.template.spi.TemplateFilter;
import dev.gitvan.template.spi.TemplateFunction;
import dev.gitvan.testkit.FakeExtensionPoint;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.osgi.framework.Version;

/** The bundle over a real repository, engine, registry and first tier, without a framework. */
final class TemplatesFixture implements AutoCloseable {
  /** Older than what Git's racy rule is about. */
  private static final Duration AGE = Duration.ofMinutes(1);

  final GitSandbox git;
  final Documents documents = new DocumentsService();
  final ConfigurationsService configurations =
      ConfigurationsService.with(
          documents,
          Metrics.NONE,
          TemplateSettings.SECTION,
          FileSettings.SECTION,
          CacheSettings.SECTION,
          GitSettings.SECTION);
  final Caches caches =
      new Caches(
          new Kernel(), () -> Metrics.NONE, () -> configurations, 1000, Duration.ofSeconds(30));
  final HeapTier heap = new HeapTier();
  final FakeExtensionPoint<TemplateEngine, InstalledEngine.Properties> engines =
      new FakeExtensionPoint<>();
  final FakeExtensionPoint<TemplateFilter, ExtensionProperties> filters =
      new FakeExtensionPoint<>();
  final FakeExtensionPoint<TemplateFunction, ExtensionProperties> functions =
      new FakeExtensionPoint<>();
  final TemplatesComponent templates;

  final Extension<TemplateEngine, InstalledEngine.Properties> pebble;

  TemplatesFixture(Path directory) {
    this(directory, AbandonableCalls.Limits.DEFAULT);
  }

  /**
   * @param limits of engines that do not guarantee that they end
   */
  TemplatesFixture(Path directory, AbandonableCalls.Limits limits) {
    this.templates =
        new TemplatesComponent(engines, filters, functions, Metrics.NONE, documents, limits);
    this.git = GitSandbox.init(directory);
    templates.caches = caches;
    addTier("heap", 1, heap);
    pebble = addPebble();
  }

  void addTier(String name, int level, CacheTier tier) {
    caches.add(
        new Offer<>(
            name,
            Map.of(
                "gitvan.cache.tier", name,
                "gitvan.cache.level", level,
                "gitvan.cache.expires", true,
                "gitvan.cache.bounded", true,
                "gitvan.cache.interruptible", true),
            "tier." + name,
            Version.emptyVersion,
            level,
            () -> tier,
            object -> {}));
  }

  /** Installs an engine as a bundle would. */
  Extension<TemplateEngine, InstalledEngine.Properties> addPebble() {
    return add("pebble", "peb", new PebbleTemplateEngine(documents));
  }

  Extension<TemplateEngine, InstalledEngine.Properties> add(
      String name, String extension, TemplateEngine engine) {
    return engines.add(
        name, new InstalledEngine.Properties(name, Set.of(extension), true, true), engine);
  }

  /** Removes an engine as a bundle would that goes. */
  void remove(Extension<TemplateEngine, InstalledEngine.Properties> engine) {
    engines.remove(engine);
    templates.enginesChanged();
  }

  /** Writes a template whose times prove that it is not being edited. */
  Path template(String name, String text) {
    return old(git.write(".gitvan/templates/" + name, text));
  }

  /** Makes a file old enough for its times to prove something. */
  static Path old(Path file) {
    try {
      // The inode's change cannot be set: the stamp is compared with the clock that reads it.
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(AGE)));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a call throws; null when it throws nothing. */
  static GitVanException failure(ThrowingCallable call) {
    return Assertions.catchThrowableOfType(GitVanException.class, call);
  }

  /** A file of the worktree. */
  Path path(String path) {
    return git.root().resolve(path);
  }

  /** What Git sees beside what was committed. */
  String status() {
    return git.git("status", "--porcelain", "--untracked-files=all", "--", ":!.gitvan");
  }

  TemplateSet open() {
    var worktree = git.worktree();
    return templates.open(worktree, configurations.load(worktree));
  }

  TemplateSet openDry() {
    var worktree = git.worktree();
    return templates.open(worktree, configurations.load(worktree), true);
  }

  /** Figures of a cache's tier; all zero when it was never opened. */
  CacheStats stats(String cache, String tier) {
    return caches.stats().stream()
        .filter(stats -> stats.cache().equals(cache) && stats.tier().equals(tier))
        .findFirst()
        .orElse(CacheStats.builder(cache, tier, 0).entries(0).bytes(0).build());
  }

  @Override
  public void close() {
    templates.deactivate();
    caches.close();
    heap.close();
  }
}
