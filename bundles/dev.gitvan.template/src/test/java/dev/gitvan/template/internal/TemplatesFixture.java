package dev.gitvan.template.internal;

import dev.gitvan.cache.CacheStats;
import dev.gitvan.cache.heap.internal.HeapTier;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.cache.Caches;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.template.Templates.TemplateSet;
import dev.gitvan.template.pebble.internal.PebbleTemplateEngine;
import dev.gitvan.template.spi.TemplateEngine;
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
  final ConfigurationsService configurations = new ConfigurationsService(documents, Metrics.NONE);
  final Caches caches =
      new Caches(() -> Metrics.NONE, () -> configurations, 1000, Duration.ofSeconds(30));
  final HeapTier heap = new HeapTier();
  final TemplatesComponent templates = new TemplatesComponent(null, Metrics.NONE, documents);
  private long services;

  TemplatesFixture(Path directory) {
    this.git = GitSandbox.init(directory);
    templates.caches = caches;
    addTier("heap", 1, heap);
    addPebble();
  }

  void addTier(String name, int level, CacheTier tier) {
    caches.add(
        new Offer<>(
            name,
            Map.of("gitvan.cache.tier", name, "gitvan.cache.level", level),
            "tier." + name,
            Version.emptyVersion,
            level,
            () -> tier,
            object -> {}));
  }

  /** Installs an engine as a bundle would; returns its service id. */
  long addPebble() {
    return add("pebble", "peb", new PebbleTemplateEngine(documents));
  }

  long add(String name, String extension, TemplateEngine engine) {
    long id = ++services;
    templates.add(
        new InstalledEngine(
            name,
            Set.of(extension),
            new InstalledEngine.Rank(0, name, Version.emptyVersion, id, id),
            name + " 1.0.0",
            true,
            new FixedEngine(engine)));
    return id;
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
        .orElse(new CacheStats(cache, tier, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Override
  public void close() {
    templates.deactivate();
    caches.close();
    heap.close();
  }

  private static final class FixedEngine implements InstalledEngine.Service {
    private final TemplateEngine engine;
    private volatile boolean gone;

    FixedEngine(TemplateEngine engine) {
      this.engine = engine;
    }

    @Override
    public TemplateEngine take() {
      return gone ? null : engine;
    }

    @Override
    public void giveBack(TemplateEngine given) {}

    @Override
    public String identity() {
      return engine.getClass().getName() + " 1.0.0";
    }

    @Override
    public boolean isGone() {
      return gone;
    }

    @Override
    public void leave() {
      gone = true;
    }
  }
}
