package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.document.Documents;
import dev.gitvan.metrics.Recorder;
import dev.gitvan.template.internal.frontmatter.FrontMatter;
import dev.gitvan.template.internal.frontmatter.FrontMatterReader;
import dev.gitvan.template.internal.frontmatter.Split;
import dev.gitvan.template.internal.rendered.Read;
import dev.gitvan.template.internal.rendered.Watched;
import dev.gitvan.template.spi.TemplateExtension;
import dev.gitvan.template.spi.TemplateExtensions;
import dev.gitvan.template.spi.TemplateLoader;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads the templates of one worktree, from below the template folder and then from below the
 * worktree itself. Whatever a name or a symbolic link says, nothing outside the worktree and
 * nothing of a Git directory is read.
 *
 * <p>A template is read once: after that its {@link FileStamp} is compared, and the file is read
 * again only when that differs or does not prove anything yet. Between {@link #begin} and {@link
 * #end} a thread looks at each template once.
 */
final class FileTemplateLoader implements TemplateLoader {
  private static final int MAX_REMEMBERED = 10_000;

  private final TemplateFolders folders;
  private final Identities identities;
  private final CompiledStore store;
  private final Extensions extensions;
  private final Recorder compiling;
  private final Debug debug;
  private final ThreadLocal<Use> uses = new ThreadLocal<>();
  private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();
  private final TemplateExtensions used = new UsedExtensions();

  /**
   * @param compiling takes the time of each compilation
   */
  FileTemplateLoader(
      TemplateFolders folders,
      Identities identities,
      CompiledStore store,
      Extensions extensions,
      Recorder compiling,
      Debug debug) {
    this.folders = folders;
    this.identities = identities;
    this.store = store;
    this.extensions = extensions;
    this.compiling = compiling;
    this.debug = debug;
  }

  @Override
  public <T> T compiled(Source source, Class<T> type, Supplier<T> compile) {
    if (debug.isOn()) {
      var tier = store.tierOf(source.version(), type);
      if (!tier.isEmpty()) {
        debug.hit("compiled", source.name(), tier);
      }
    }
    return store.get(
        source.version(),
        type,
        () -> {
          long start = System.nanoTime();
          var made = compile.get();
          long nanos = System.nanoTime() - start;
          compiling.record(nanos);
          debug.took("compiled", source.name(), nanos);
          return made;
        });
  }

  @Override
  public Source text(String name, String text) {
    return new Source(name, text, identities.ofText(name, text));
  }

  /**
   * A template as it was loaded.
   *
   * @param frontMatter see {@link Split#frontMatter}
   * @param costs of this content's outputs
   */
  record Head(Source source, String frontMatter, Costs costs) {}

  /** Reads a front matter, or knows it still. */
  FrontMatter frontMatter(Head head, Documents documents) {
    return head.frontMatter() == null
        ? FrontMatter.NONE
        : store.get(
            head.source().version(),
            FrontMatter.class,
            () ->
                FrontMatterReader.read(documents, head.frontMatter(), head.source().name())
                    .orThrow());
  }

  @Override
  public String resolve(String reference, String from) {
    return TemplateName.resolve(reference, from);
  }

  /** What one thread does between {@link #begin} and {@link #end}. */
  private static final class Use {
    private final Use outer;
    private final Map<String, Head> seen = new HashMap<>();
    private final Map<Read, CalledExtension<?>> called = new HashMap<>();
    private Watched watched;

    Use(Use outer) {
      this.outer = outer;
    }
  }

  /** From now on this thread sees each template in one state. Uses may be nested. */
  void begin() {
    uses.set(new Use(uses.get()));
  }

  /** Ends what this thread began last. */
  void end() {
    var outer = uses.get().outer;
    if (outer == null) {
      uses.remove();
    } else {
      uses.set(outer);
    }
  }

  /** Work for another thread that sees what this one sees, which waits for it. */
  Runnable shared(Runnable work) {
    var use = uses.get();
    return () -> {
      uses.set(use);
      try {
        work.run();
      } finally {
        uses.remove();
      }
    };
  }

  /** Reports to a rendering what this thread loads, until {@link #end}. */
  void watch(Watched rendering) {
    uses.get().watched = rendering;
  }

  @Override
  public Source load(String name) {
    var use = uses.get();
    if (use == null || use.watched == null) {
      return current(name).source();
    }
    try {
      var source = current(name).source();
      use.watched.loaded(source.name(), source.version());
      return source;
    } catch (RuntimeException e) {
      use.watched.notLoaded();
      throw e;
    }
  }

  /**
   * The identity of a template, filter or function that a rendering would use now; null when there
   * is no such filter or function.
   */
  String identity(Read read) {
    return switch (read.kind()) {
      case TEMPLATE -> load(read.name()).version();
      case FILTER -> identity(extensions.filters().get(read.name()));
      case FUNCTION -> identity(extensions.functions().get(read.name()));
      default -> throw new IllegalArgumentException(read.toString());
    };
  }

  private static String identity(InstalledExtension<?> extension) {
    return extension == null || !extension.reproducible() ? null : extension.identity().get();
  }

  @Override
  public TemplateExtensions extensions() {
    return used;
  }

  /** A use calls the same filter of a name each time, whatever is installed meanwhile. */
  private final class UsedExtensions implements TemplateExtensions {
    @Override
    public Optional<TemplateExtension> filter(String name) {
      return called(ExtensionKind.FILTER, name, extensions::filters);
    }

    @Override
    public Optional<TemplateExtension> function(String name) {
      return called(ExtensionKind.FUNCTION, name, extensions::functions);
    }

    @Override
    public Set<String> filterNames() {
      return extensions.filters().keySet();
    }

    @Override
    public Set<String> functionNames() {
      return extensions.functions().keySet();
    }
  }

  private <S> Optional<TemplateExtension> called(
      ExtensionKind<S> kind, String name, Supplier<Map<String, InstalledExtension<S>>> all) {
    var use = uses.get();
    var read = new Read(kind.read(), name);
    if (use != null && use.called.containsKey(read)) {
      return Optional.of(use.called.get(read));
    }
    var installed = all.get().get(name);
    if (installed == null) {
      return Optional.empty();
    }
    var extension =
        new CalledExtension<>(
            installed, () -> all.get().get(name), () -> use == null ? null : use.watched);
    if (use != null) {
      use.called.put(read, extension);
    }
    return Optional.of(extension);
  }

  /** A template as it is now, or as this use has seen it. */
  Head current(String name) {
    var normal = TemplateName.normalize(name);
    var use = uses.get();
    if (use == null) {
      return look(normal);
    }
    var seen = use.seen.get(normal);
    if (seen == null) {
      seen = look(normal);
      use.seen.put(normal, seen);
    }
    return seen;
  }

  private Head look(String name) {
    var known = loaded.get(name);
    if (known != null && known.isCurrent()) {
      return known.head;
    }
    try {
      var fresh = read(name, known);
      if (loaded.size() >= MAX_REMEMBERED) {
        loaded.clear();
      }
      loaded.put(name, fresh);
      return fresh.head;
    } catch (GitVanException e) {
      loaded.remove(name);
      throw e;
    }
  }

  private Loaded read(String name, Loaded known) {
    Path shadow = null;
    for (var root : folders.roots()) {
      var file = existing(root, name);
      if (file != null) {
        return read(name, file, shadow, known);
      }
      shadow = shadow == null ? resolve(root, name) : shadow;
    }
    throw GitVanException.of(
        Codes.TEMPLATE_NOT_FOUND,
        name,
        "there is no such template in " + folders.description(),
        Nearest.sentence(name, folders.names(), "See gitvan template list."));
  }

  private Loaded read(String name, Path file, Path shadow, Loaded known) {
    try {
      var real = folders.realPathOf(file, name);
      for (int attempt = 0; ; attempt++) {
        long readAt = nanosSince1970();
        var before = FileStamp.of(real);
        if (!before.regular()) {
          throw GitVanException.of(
              Codes.CONFIG_NOT_REGULAR, name, "is not a regular file", "Pass a file.");
        }
        var content = TemplateFile.read(real, name);
        // The stamp must be of the content: a writer may have been at work meanwhile.
        if (FileStamp.of(real).equals(before) || attempt == 3) {
          var identity = identities.ofFile(name, content.sha256());
          var head =
              known != null && known.head.source().version().equals(identity)
                  ? known.head
                  : head(name, content.text(), identity);
          return new Loaded(head, file, shadow, before, before.isRacy(readAt) || attempt == 3);
        }
      }
    } catch (IOException e) {
      throw FileProblem.of(e, file).toException(e);
    }
  }

  private static Head head(String name, String file, String identity) {
    var parts = Split.of(file);
    return new Head(
        new Source(name, parts.text(), identity, parts.firstLine()),
        parts.frontMatter(),
        new Costs());
  }

  /** The file that a name means below a root, links not followed yet; null when there is none. */
  private Path existing(Path root, String name) {
    var file = resolve(root, name);
    if (file == null) {
      return null;
    }
    try {
      return folders.isFolder(file) ? null : file;
    } catch (NoSuchFileException | NotDirectoryException e) {
      return null;
    } catch (FileSystemException e) {
      if (String.valueOf(e.getReason()).contains("Not a directory")) {
        return null;
      }
      throw FileProblem.of(e, file).toException(e);
    } catch (IOException e) {
      throw FileProblem.of(e, file).toException(e);
    }
  }

  private static Path resolve(Path root, String name) {
    try {
      return root.resolve(name);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** The templates below the template folder, by name. */
  List<String> names() {
    return folders.names();
  }

  private static long nanosSince1970() {
    return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
  }

  /** A template that was read. */
  private static final class Loaded {
    private final Head head;
    private final Path file;
    private final java.io.File shadow;
    private final FileStamp stamp;
    private final boolean racy;

    /**
     * @param file as it was found, links not followed, so that a link that moves is noticed
     * @param shadow a file that would be found before it if it were made; null when none would
     */
    Loaded(Head head, Path file, Path shadow, FileStamp stamp, boolean racy) {
      this.head = head;
      this.file = file;
      this.shadow = shadow == null ? null : shadow.toFile();
      this.stamp = stamp;
      this.racy = racy;
    }

    boolean isCurrent() {
      if (racy) {
        return false;
      }
      try {
        return FileStamp.of(file).equals(stamp) && (shadow == null || !shadow.exists());
      } catch (IOException e) {
        return false;
      }
    }
  }
}
