package dev.gitvan.template.internal;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.extension.Selection;
import dev.gitvan.git.GitSettings;
import dev.gitvan.job.Artifact;
import dev.gitvan.metrics.Recorder;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.PlanResult;
import dev.gitvan.template.TemplateSettings;
import dev.gitvan.template.Templates.Overwrite;
import dev.gitvan.template.Templates.Preview;
import dev.gitvan.template.Templates.Rendered;
import dev.gitvan.template.Templates.TemplateListing;
import dev.gitvan.template.Templates.TemplateSet;
import dev.gitvan.template.Templates.Written;
import dev.gitvan.template.internal.OpenSession.EngineGoneException;
import dev.gitvan.template.internal.frontmatter.FrontMatter;
import dev.gitvan.template.internal.frontmatter.Split;
import dev.gitvan.template.internal.rendered.RenderedOutputs;
import dev.gitvan.template.internal.rendered.Watched;
import dev.gitvan.template.spi.CompiledTemplate;
import dev.gitvan.template.spi.EngineOptions;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The templates of one worktree under one configuration. */
final class WorktreeTemplates implements TemplateSet {
  /** Deeper nesting is a mistake, and the stack has no room for much more. */
  private static final int MAX_DEPTH = 50;

  private final Engines engines;
  private final Extensions extensions;
  private final Selection selection;
  private final Sessions sessions;
  private final CompiledStores stores;
  private final RenderedOutputs outputs;
  private final Recorder rendering;
  private final RenderSlots slots;
  private final Debug debug;
  private final Documents documents;
  private final WorktreeId worktree;
  private final TemplateSettings settings;
  private final boolean sync;
  private final Pace pace;
  private final OverwriteGuard guard;
  private final boolean isolated;
  private final EngineOptions options;

  /** The session that was used last; saves a lookup under a lock for each rendering. */
  private volatile OpenSession last;

  /**
   * @param pace how fast outputs are written
   * @param guard which files outputs may replace
   * @param isolated whether it shares nothing with others: the cache is off, or this is a dry run
   */
  WorktreeTemplates(
      Engines engines,
      Extensions extensions,
      Sessions sessions,
      CompiledStores stores,
      RenderedOutputs outputs,
      Recorder rendering,
      RenderSlots slots,
      Debug debug,
      Documents documents,
      WorktreeId worktree,
      Configuration configuration,
      Pace pace,
      OverwriteGuard guard,
      boolean isolated) {
    this.selection = Selection.of(configuration);
    this.engines = engines.selecting(selection);
    this.extensions = extensions.selecting(selection);
    this.sessions = sessions;
    this.stores = stores;
    this.outputs = outputs;
    this.rendering = rendering;
    this.slots = slots;
    this.debug = debug;
    this.documents = documents;
    this.worktree = worktree;
    this.settings = TemplateSettings.of(configuration);
    this.sync = GitSettings.syncs(configuration);
    this.pace = slots.outside(pace);
    this.guard = guard;
    this.isolated = isolated;
    this.options =
        EngineOptions.builder()
            .strict(settings.strict())
            .autoescape(settings.autoescape())
            .maxRange(settings.maxRange())
            .maxDepth(MAX_DEPTH)
            .maxOutput(settings.maxOutput())
            .build();
  }

  /** Where compiled templates are kept. */
  interface CompiledStores {
    CompiledStore of(InstalledEngine engine);
  }

  @Override
  public Rendered render(String name, Map<String, ?> data, Writer out) throws IOException {
    return renderTo(slots.outside(out), name, data);
  }

  /**
   * @param out waits for nobody, or not in a slot
   */
  private Rendered renderTo(Writer out, String name, Map<String, ?> data) throws IOException {
    try (var session = begin(engines.forFile(name, settings.engine()))) {
      if (isolated || !session.engine().reproducible()) {
        renderNow(session, name, data, out);
        return Rendered.NOW;
      }
      return render(session, name, data, out);
    }
  }

  /** Takes the output that is kept, or renders and keeps it; renders alone what is faster so. */
  private Rendered render(Rendering session, String name, Map<String, ?> data, Writer out)
      throws IOException {
    var loader = session.loader();
    var head = loader.current(name);
    if (!head.costs().isWorthCaching()) {
      head.costs().rendered(renderNow(session, name, data, out));
      return Rendered.NOW;
    }
    long start = System.nanoTime();
    var found =
        outputs.find(
            loader::identity, head.source(), loader.frontMatter(head, documents).under(data));
    long caching = System.nanoTime() - start;
    if (found.output() != null) {
      out.write(new String(found.output(), StandardCharsets.UTF_8));
      debug.hit("rendered", name, found.tier());
      return new Rendered(found.tier());
    }
    var watched = new Watched(outputs, found, out);
    loader.watch(watched);
    var ready = ready(session, name);
    var observed = watched.observe(ready.frontMatter().under(data));
    long rendered = render(ready.template(), name, observed, watched.writer());
    long end = System.nanoTime();
    watched.keep(head.source().name());
    head.costs().measured(rendered, caching + System.nanoTime() - end);
    return Rendered.NOW;
  }

  /** Returns how long it took, in nanoseconds. */
  private long renderNow(Rendering session, String name, Map<String, ?> data, Writer out)
      throws IOException {
    var ready = ready(session, name);
    return render(ready.template(), name, ready.frontMatter().under(data), out);
  }

  @Override
  public String render(String name, Map<String, ?> data) {
    try (var session = begin(engines.forFile(name, settings.engine()))) {
      var out = new TextWriter();
      renderNow(session, name, data, out);
      return out.toString();
    } catch (IOException e) {
      throw new AssertionError("a writer into memory failed", e);
    }
  }

  @Override
  public String renderText(String name, String text, Map<String, ?> data) {
    try (var session = begin(defaultEngine())) {
      var out = new TextWriter();
      render(guarded(name, () -> session.session().compileText(name, text)), name, data, out);
      return out.toString();
    } catch (IOException e) {
      throw new AssertionError("a writer into memory failed", e);
    }
  }

  @Override
  public boolean test(String name, String expression, Map<String, ?> data) {
    try (var session = begin(defaultEngine())) {
      return guarded(name, () -> session.session().compileCondition(name, expression).test(data));
    }
  }

  @Override
  public List<Problem> checkText(String name, String text, boolean expression) {
    var problems = new ArrayList<Problem>();
    collect(
        problems,
        () -> {
          try (var session = begin(defaultEngine())) {
            return guarded(
                name,
                () ->
                    expression
                        ? session.session().compileCondition(name, text)
                        : session.session().compileText(name, text));
          }
        });
    return problems;
  }

  @Override
  public List<TemplateListing> list() {
    var listings = new ArrayList<TemplateListing>();
    for (var name : new TemplateFolders(worktree, settings.dir()).names()) {
      listings.add(new TemplateListing(name, engines.forFile(name, settings.engine()).name()));
    }
    return listings;
  }

  @Override
  public List<Problem> check(String name) {
    var all = new TemplateFolders(worktree, settings.dir()).names();
    var names = name == null ? all : List.of(name);
    var byEngine = new LinkedHashMap<InstalledEngine, List<String>>();
    names.forEach(
        each ->
            byEngine
                .computeIfAbsent(engines.forFile(each, settings.engine()), e -> new ArrayList<>())
                .add(each));
    // A broken template that others include is one problem, not many.
    var problems = new LinkedHashSet<Problem>();
    byEngine.forEach((engine, theirs) -> check(engine, theirs, all, problems));
    return List.copyOf(problems);
  }

  private void check(
      InstalledEngine engine, List<String> names, List<String> all, Set<Problem> problems) {
    try (var session = begin(engine)) {
      var check = new TemplateCheck(this, documents);
      names.forEach(each -> problems.addAll(check.frontMatter(session.loader(), each)));
      var likewise =
          all.stream().filter(each -> engines.forFile(each, settings.engine()) == engine).toList();
      problems.addAll(guarded(engine.name(), () -> session.session().check(names, likewise)));
    }
  }

  @Override
  public Written write(String name, Map<String, ?> data, String path, Overwrite overwrite) {
    var rendered = new Rendered[1];
    var file = file(OutputPath.of(worktree, path));
    var written =
        file.write(
            out -> rendered[0] = renderTo(out, name, data),
            output -> {
              guard.check(file, overwrite);
              guard.written(output);
            });
    return new Written(written.artifact(), written.changed(), rendered[0]);
  }

  private OutputFile file(OutputPath path) {
    return new OutputFile(path, sync, pace);
  }

  @Override
  public Preview preview(String name, Map<String, ?> data, String path, Overwrite overwrite) {
    var file = new OutputFile(OutputPath.of(worktree, path), false);
    try {
      var before = file.exists() ? DiffSide.of(file::copyTo) : null;
      var after = DiffSide.of(OutputFile.encoded(out -> renderTo(out, name, data)));
      var diff = UnifiedDiff.of(file.path().toString(), before, after);
      if (!diff.isEmpty()) {
        guard.check(file, overwrite);
      }
      return new Preview(new Artifact(file.path().toString(), after.sha256(), after.size()), diff);
    } catch (IOException e) {
      throw file.failure(e);
    }
  }

  @Override
  public boolean hasPlan(String name) {
    return frontMatter(name).hasPlan();
  }

  @Override
  public PlanResult plan(String name, Map<String, ?> data) {
    return follow(name, data, Plan::show);
  }

  @Override
  public PlanResult apply(String name, Map<String, ?> data) {
    return follow(name, data, Plan::apply);
  }

  private PlanResult follow(String name, Map<String, ?> data, Function<Plan, PlanResult> how) {
    var frontMatter = frontMatter(name);
    if (!frontMatter.hasPlan()) {
      throw noPlan(name);
    }
    var planner = new Planner(this, worktree, this::file);
    var visible = frontMatter.under(data);
    if (!planner.holds(frontMatter, visible)) {
      return new PlanResult("when: " + frontMatter.when().orElseThrow().text(), List.of());
    }
    var body = new RenderedBody(name, out -> renderTo(out, name, data));
    return how.apply(new Plan(planner.files(frontMatter, visible), body, path -> {}));
  }

  private FrontMatter frontMatter(String name) {
    try (var session = begin(engines.forFile(name, settings.engine()))) {
      return ready(session, name).frontMatter();
    }
  }

  private GitVanException noPlan(String name) {
    try (var session = begin(engines.forFile(name, settings.engine()))) {
      return GitVanException.of(
          Codes.TEMPLATE_NO_PLAN,
          name,
          Split.isUnclosed(session.loader().load(name).text())
              ? "its front matter is not closed: the second line --- is missing"
              : "its front matter has neither to nor inject",
          "Begin the template with ---, to: PATH and ---, or use gitvan template render.");
    }
  }

  private InstalledEngine defaultEngine() {
    return engines.named(settings.engine());
  }

  /** Begins with an engine, or with its successor where it was replaced since it was found. */
  private Rendering begin(InstalledEngine engine) {
    var wanted = engine;
    while (true) {
      try {
        return new Rendering(session(wanted));
      } catch (EngineGoneException e) {
        var next = engines.named(wanted.name());
        if (next == wanted) {
          throw GitVanException.of(
              Codes.TEMPLATE_NO_ENGINE,
              wanted.name(),
              "the template engine of " + wanted.bundle() + " cannot be activated",
              "gitvan diag shows why.");
        }
        wanted = next;
      }
    }
  }

  private OpenSession session(InstalledEngine engine) {
    if (isolated) {
      return sessions.open(key(engine), engine, stores.of(engine), extensions);
    }
    var known = last;
    if (known != null && known.engine() == engine && known.begin()) {
      return known;
    }
    var session = sessions.begin(key(engine), engine, stores.of(engine), extensions);
    last = session;
    return session;
  }

  private SessionKey key(InstalledEngine engine) {
    return new SessionKey(worktree, settings.dir(), engine.id(), options, selection);
  }

  /** A template that can be rendered, and the front matter of the same state of its file. */
  private record Ready(CompiledTemplate template, FrontMatter frontMatter) {}

  private Ready ready(Rendering session, String name) {
    var head = session.loader().current(name);
    return new Ready(
        guarded(name, () -> session.session().compile(name)),
        session.loader().frontMatter(head, documents));
  }

  /** Returns how long it took with the wait for a slot, in nanoseconds. */
  private long render(CompiledTemplate template, String name, Map<String, ?> data, Writer out)
      throws IOException {
    long start = System.nanoTime();
    slots.within(name, () -> renderInSlot(template, name, data, out));
    return System.nanoTime() - start;
  }

  private void renderInSlot(CompiledTemplate template, String name, Map<String, ?> data, Writer out)
      throws IOException {
    long start = System.nanoTime();
    var bounded = new BoundedWriter(out, name, settings.maxOutput());
    try {
      template.render(data, bounded);
    } catch (GitVanException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unexpected(name, e);
    } catch (StackOverflowError e) {
      throw tooDeep(name);
    }
    long nanos = System.nanoTime() - start;
    rendering.record(nanos);
    debug.took("rendered", name, nanos);
  }

  private static <T> T guarded(String name, java.util.function.Supplier<T> call) {
    try {
      return call.get();
    } catch (GitVanException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unexpected(name, e);
    } catch (StackOverflowError e) {
      throw tooDeep(name);
    }
  }

  private static GitVanException unexpected(String name, RuntimeException e) {
    var reason = e.getMessage() == null ? "the template engine failed" : e.getMessage();
    return new Problem(Codes.TEMPLATE_FAILED, name, reason, "Run it with -v to see the cause.")
        .toException(e);
  }

  private static GitVanException tooDeep(String name) {
    return GitVanException.of(
        Codes.TEMPLATE_DEPTH, name, "the template is nested too deeply", "Reduce the nesting.");
  }

  private static void collect(List<Problem> problems, java.util.function.Supplier<?> call) {
    try {
      call.get();
    } catch (GitVanException e) {
      problems.add(e.problem());
    }
  }
}
