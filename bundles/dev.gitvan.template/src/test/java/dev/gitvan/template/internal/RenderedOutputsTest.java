package dev.gitvan.template.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.cache.spi.Region;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.template.TemplateData;
import dev.gitvan.template.Templates.Overwrite;
import dev.gitvan.template.Templates.TemplateSet;
import dev.gitvan.template.spi.CompiledTemplate;
import dev.gitvan.template.spi.TemplateLoader;
import dev.gitvan.testkit.HeapTier;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cache {@code rendered}: a wrong output is never taken, and a right one without rendering. */
@Timeout(120)
class RenderedOutputsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path directory;
  private TemplatesFixture fixture;
  private Repositories repositories;

  @BeforeEach
  void open() {
    fixture = new TemplatesFixture(directory);
    repositories = new Repositories(fixture.git.environment());
    fixture.templates.git =
        new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
  }

  @AfterEach
  void close() {
    fixture.close();
    repositories.close();
  }

  /** An output, and the tier that had it. */
  private record Output(String text, String tier) {
    boolean isCached() {
      return !tier.isEmpty();
    }
  }

  private static Output render(TemplateSet set, String name, Map<String, ?> data) {
    var out = new StringWriter();
    try {
      var rendered = set.render(name, data, out);
      return new Output(out.toString(), rendered.tier());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Output render(String name, Map<String, ?> data) {
    return render(fixture.open(), name, data);
  }

  private static Output rendered(String text) {
    return new Output(text, "");
  }

  private static Output cached(String text) {
    return new Output(text, "heap");
  }

  private static Map<String, Object> map(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  @Test
  void theSameTemplateAndDataAreRenderedOnce() {
    fixture.template("page.peb", "Hello {{ name }}");

    assertThat(render("page.peb", map("name", "moon"))).isEqualTo(rendered("Hello moon"));
    assertThat(render("page.peb", map("name", "moon"))).isEqualTo(cached("Hello moon"));
    assertThat(render("page.peb", map("name", "sun"))).isEqualTo(rendered("Hello sun"));
    assertThat(render("page.peb", map("name", "moon"))).isEqualTo(cached("Hello moon"));
  }

  @Test
  void filesAreWrittenFromItAndSaySo() throws Exception {
    fixture.template("page.peb", "Hello {{ name }}\n");
    var set = fixture.open();
    var first = set.write("page.peb", map("name", "moon"), "out/page.txt");
    assertThat(first.changed()).isTrue();
    assertThat(first.rendered().isCached()).isFalse();

    var second = set.write("page.peb", map("name", "moon"), "out/page.txt");
    assertThat(second.changed()).isFalse();
    assertThat(second.rendered().tier()).isEqualTo("heap");
    assertThat(second.artifact()).isEqualTo(first.artifact());

    fixture.git.write("out/page.txt", "by hand");
    var third = set.write("page.peb", map("name", "moon"), "out/page.txt", Overwrite.ANY);
    assertThat(third.changed()).isTrue();
    assertThat(third.rendered().isCached()).isTrue();
    assertThat(fixture.git.read("out/page.txt")).isEqualTo("Hello moon\n");
  }

  @Test
  void whatTheTemplateDoesNotLookAtDoesNotMatter() {
    fixture.template("page.peb", "Hello {{ name }}");
    render("page.peb", map("name", "moon", "other", 1L, "now", NOW));

    assertThat(render("page.peb", map("name", "moon", "other", 2L, "now", NOW.plusSeconds(1))))
        .isEqualTo(cached("Hello moon"));
    assertThat(render("page.peb", map("x", new Object(), "name", "moon")))
        .isEqualTo(cached("Hello moon"));
  }

  @Test
  void aBranchThatIsTakenAnotherTimeIsSeen() {
    fixture.template("page.peb", "{% if a %}{{ b }}{% else %}{{ c }}{% endif %}");
    assertThat(render("page.peb", map("a", true, "b", 1L, "c", 1L))).isEqualTo(rendered("1"));
    assertThat(render("page.peb", map("a", true, "b", 1L, "c", 2L))).isEqualTo(cached("1"));
    assertThat(render("page.peb", map("a", false, "b", 1L, "c", 2L))).isEqualTo(rendered("2"));
    assertThat(render("page.peb", map("a", false, "b", 9L, "c", 2L))).isEqualTo(cached("2"));
    assertThat(render("page.peb", map("a", true, "b", 9L, "c", 2L))).isEqualTo(rendered("9"));
  }

  @Test
  void typesAndOrderMatter() {
    fixture.template("page.peb", "{% for e in m %}{{ e.key }}={{ e.value }};{% endfor %}");
    assertThat(render("page.peb", map("m", map("a", 1L, "b", 2L))).text()).isEqualTo("a=1;b=2;");
    assertThat(render("page.peb", map("m", map("b", 2L, "a", 1L)))).isEqualTo(rendered("b=2;a=1;"));
    assertThat(render("page.peb", map("m", map("a", 1.0, "b", 2L))))
        .isEqualTo(rendered("a=1.0;b=2;"));
    assertThat(render("page.peb", map("m", map("a", "1", "b", 2L))).isCached()).isFalse();
    assertThat(render("page.peb", map("m", map("a", 1L, "b", 2L)))).isEqualTo(cached("a=1;b=2;"));
  }

  @Test
  void nothingAndNoVariableAreNotTheSame() {
    fixture.git.write("gitvan.yaml", "templates: { strict: false }\n");
    fixture.template("page.peb", "[{{ a }}]{% if a is null %}null{% endif %}");
    assertThat(render("page.peb", map("x", 1L)).isCached()).isFalse();
    assertThat(render("page.peb", map("x", 1L, "a", null)).isCached()).isFalse();
    assertThat(render("page.peb", Map.of()).isCached()).isFalse();
    assertThat(render("page.peb", map("x", 1L, "a", "b"))).isEqualTo(rendered("[b]"));
    assertThat(render("page.peb", map("x", 2L, "a", null)).isCached()).isTrue();
  }

  /** Data that is empty is not looked into by engines that ask first. */
  @Test
  void dataThatWasEmptyIsNotTakenForOther() {
    fixture.git.write("gitvan.yaml", "templates: { strict: false }\n");
    fixture.template("page.peb", "[{{ a }}]");
    assertThat(render("page.peb", Map.of())).isEqualTo(rendered("[]"));
    assertThat(render("page.peb", map("a", "b"))).isEqualTo(rendered("[b]"));
    assertThat(render("page.peb", Map.of())).isEqualTo(cached("[]"));
  }

  @Test
  void everyTemplateThatHadAPartIsCompared() {
    fixture.template("page.peb", "{% extends 'base.peb' %}{% block a %}{{ n }}{% endblock %}");
    fixture.template("base.peb", "{% import 'macros.peb' as m %}<{% block a %}{% endblock %}>");
    fixture.template("macros.peb", "{% macro x() %}{% endmacro %}");
    assertThat(render("page.peb", map("n", "1"))).isEqualTo(rendered("<1>"));
    assertThat(render("page.peb", map("n", "1"))).isEqualTo(cached("<1>"));

    fixture.template("base.peb", "({% block a %}{% endblock %})");
    assertThat(render("page.peb", map("n", "1"))).isEqualTo(rendered("(1)"));
    fixture.template("page.peb", "{% extends 'base.peb' %}{% block a %}{{ n }}!{% endblock %}");
    assertThat(render("page.peb", map("n", "1"))).isEqualTo(rendered("(1!)"));
    fixture.template("macros.peb", "{# no part of it any more #}");
    assertThat(render("page.peb", map("n", "1"))).isEqualTo(cached("(1!)"));
  }

  @Test
  void includesThatDependOnDataAreCompared() {
    fixture.template("page.peb", "{% include which %}");
    fixture.template("a.peb", "A");
    fixture.template("b.peb", "B");
    assertThat(render("page.peb", map("which", "a.peb"))).isEqualTo(rendered("A"));
    assertThat(render("page.peb", map("which", "b.peb"))).isEqualTo(rendered("B"));
    assertThat(render("page.peb", map("which", "a.peb"))).isEqualTo(rendered("A"));
    assertThat(render("page.peb", map("which", "a.peb"))).isEqualTo(cached("A"));

    fixture.template("a.peb", "A2");
    assertThat(render("page.peb", map("which", "a.peb"))).isEqualTo(rendered("A2"));
  }

  @Test
  void aTemplateThatHasGoneIsAnErrorAlsoWhenItsOutputIsKept() throws Exception {
    fixture.template("page.peb", "{% include 'part.peb' %}");
    var part = fixture.template("part.peb", "x");
    render("page.peb", Map.of());
    assertThat(render("page.peb", Map.of()).isCached()).isTrue();
    Files.delete(part);

    assertThatThrownBy(() -> render("page.peb", Map.of()))
        .hasMessageContaining("TEMPLATE_NOT_FOUND page.peb:1");
  }

  @Test
  void linksAndEditsAreSeenAtOnce() throws Exception {
    var one = fixture.template("one.txt", "one");
    var two = fixture.template("two.txt", "two");
    var link = one.resolveSibling("page.peb");
    Files.createSymbolicLink(link, one.getFileName());
    for (int i = 0; i < 20; i++) {
      assertThat(render("page.peb", Map.of()).text()).isEqualTo(i % 2 == 0 ? "one" : "two");
      var next = link.resolveSibling("next");
      Files.createSymbolicLink(next, (i % 2 == 0 ? two : one).getFileName());
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Test
  void optionsMatter() {
    fixture.template("page.peb", "{{ a }}");
    assertThat(render("page.peb", map("a", "<"))).isEqualTo(rendered("<"));
    fixture.git.write("gitvan.yaml", "templates: { autoescape: true }\n");
    assertThat(render("page.peb", map("a", "<"))).isEqualTo(rendered("&lt;"));
    fixture.git.write("gitvan.yaml", "templates: { max-output: 1KiB }\n");
    assertThatThrownBy(() -> render("page.peb", map("a", "<".repeat(2000))))
        .hasMessageContaining("TEMPLATE_OUTPUT_LIMIT");
  }

  @Test
  void frontMatterIsPartOfTheTemplate() {
    fixture.template("page.peb", "---\ndata: { a: 1 }\n---\n{{ a }}");
    assertThat(render("page.peb", map("x", 1L))).isEqualTo(rendered("1"));
    assertThat(render("page.peb", map("x", 2L))).isEqualTo(cached("1"));
    assertThat(render("page.peb", map("a", "2"))).isEqualTo(rendered("2"));
    fixture.template("page.peb", "---\ndata: { a: 3 }\n---\n{{ a }}");
    assertThat(render("page.peb", map("x", 1L))).isEqualTo(rendered("3"));
    assertThat(render("page.peb", map("a", "2")).text()).isEqualTo("2");
  }

  @Test
  void errorsAreNotKept() {
    fixture.template("page.peb", "{{ a }}{{ b }}");
    assertThatThrownBy(() -> render("page.peb", map("a", "1")))
        .hasMessageContaining("TEMPLATE_UNDEFINED");
    assertThatThrownBy(() -> render("page.peb", map("a", "1")))
        .hasMessageContaining("TEMPLATE_UNDEFINED");
    assertThat(render("page.peb", map("a", "1", "b", "2"))).isEqualTo(rendered("12"));
  }

  private TemplateData data(Map<String, String> environment) {
    var worktree = fixture.git.worktree();
    return fixture.templates.data(
        worktree, fixture.configurations.load(worktree), NOW, environment);
  }

  private Output renderHere(String name) {
    try (var data = data(Map.of("SEEN", "1", "HIDDEN", "2"))) {
      return render(name, data.map());
    }
  }

  @Test
  void whatIsReadOfGitIsCompared() {
    fixture.template("head.peb", "{{ git.shortHead }}");
    fixture.template("branch.peb", "{{ git.branch }}");
    fixture.template("tag.peb", "{% set g = git %}{{ g.tag }}");
    fixture.template("clean.peb", "{{ git.isClean }}");
    var first = fixture.git.commit("a.txt", "1", "one").substring(0, 7);
    fixture.git.git("add", "-A");
    fixture.git.git("commit", "-q", "--amend", "--no-edit");
    first = fixture.git.git("rev-parse", "HEAD").substring(0, 7);
    for (var name : List.of("head.peb", "branch.peb", "tag.peb", "clean.peb")) {
      assertThat(renderHere(name).isCached()).as(name).isFalse();
      assertThat(renderHere(name).isCached()).as(name).isTrue();
    }
    assertThat(renderHere("head.peb").text()).isEqualTo(first);
    assertThat(renderHere("clean.peb").text()).isEqualTo("true");

    fixture.git.write("a.txt", "2");
    assertThat(renderHere("clean.peb")).isEqualTo(rendered("false"));
    assertThat(renderHere("head.peb").isCached()).isTrue();
    fixture.git.git("tag", "v1");
    assertThat(renderHere("tag.peb")).isEqualTo(rendered("v1"));
    fixture.git.git("checkout", "-q", "-b", "side");
    assertThat(renderHere("branch.peb")).isEqualTo(rendered("side"));
    assertThat(renderHere("tag.peb")).isEqualTo(cached("v1"));
    fixture.git.git("commit", "-q", "-am", "two");
    assertThat(renderHere("head.peb").isCached()).isFalse();
    fixture.git.git("checkout", "-q", "main");
    assertThat(renderHere("head.peb")).isEqualTo(cached(first));
    assertThat(renderHere("branch.peb")).isEqualTo(cached("main"));
  }

  @Test
  void whatReadsTheTimeOrTheHistoryIsRenderedEachTime() {
    fixture.git.commit("a.txt", "1", "one");
    fixture.template("now.peb", "{{ now | date('yyyy') }}");
    fixture.template("commits.peb", "{% for c in git.commits %}{{ c.subject }};{% endfor %}");
    fixture.template("all.peb", "{{ git }}");
    fixture.template("indirect.peb", "{% set x = git %}{{ x.commits | length }}");
    for (int i = 0; i < 3; i++) {
      assertThat(renderHere("now.peb")).isEqualTo(rendered("2026"));
      assertThat(renderHere("commits.peb")).isEqualTo(rendered("one;"));
      assertThat(renderHere("all.peb").isCached()).isFalse();
      assertThat(renderHere("indirect.peb")).isEqualTo(rendered("1"));
    }
    fixture.template("now.peb", "no time any more");
    renderHere("now.peb");
    assertThat(renderHere("now.peb")).isEqualTo(cached("no time any more"));
  }

  @Test
  void environmentVariablesAreCompared() {
    fixture.git.write("gitvan.yaml", "templates: { env: [SEEN] }\n");
    fixture.template("page.peb", "{{ env.SEEN }}");
    try (var data = data(Map.of("SEEN", "1"))) {
      assertThat(render("page.peb", data.map())).isEqualTo(rendered("1"));
    }
    try (var data = data(Map.of("SEEN", "1", "OTHER", "x"))) {
      assertThat(render("page.peb", data.map())).isEqualTo(cached("1"));
    }
    try (var data = data(Map.of("SEEN", "2"))) {
      assertThat(render("page.peb", data.map())).isEqualTo(rendered("2"));
    }
  }

  @Test
  void whatHasNoDigestIsRenderedEachTime() {
    fixture.template("page.peb", "{{ a.name }}");
    for (int i = 0; i < 3; i++) {
      assertThat(render("page.peb", map("a", new Named("x"))).isCached()).isFalse();
    }
    render("page.peb", map("a", map("name", "y")));
    assertThat(render("page.peb", map("a", map("name", "y")))).isEqualTo(cached("y"));
  }

  /** Has a name. */
  public record Named(String name) {}

  /**
   * Data that is changed while it is rendered.
   *
   * <p>Shown to fail without the second look in {@code Observation.isSound}: the output with "new"
   * was kept for the data with "old".
   */
  @Test
  void dataThatIsChangedMeanwhileIsNotKept() throws Exception {
    fixture.template("page.peb", "{{ items | length }}" + "-".repeat(5000) + "{{ items[0] }}");
    var items = new ArrayList<Object>(List.of("old"));
    var data = map("items", items);
    var changing =
        new StringWriter() {
          @Override
          public void write(char[] text, int from, int length) {
            super.write(text, from, length);
            items.set(0, "new");
          }
        };
    fixture.open().render("page.peb", data, changing);
    assertThat(changing.toString()).endsWith("new");

    items.set(0, "old");
    var again = render("page.peb", data);
    assertThat(again.text()).endsWith("old");
    assertThat(again.isCached()).isFalse();
  }

  /**
   * Somebody edits a template between two loads of one rendering.
   *
   * <p>Shown to fail without {@code begin} in {@code Rendering}.
   */
  @Test
  void aTemplateThatIsEditedMeanwhileIsSeenInOneState() throws Exception {
    var torn = new TornEngine();
    fixture.add("torn", "torn", torn);
    fixture.template("page.torn", "one");
    torn.between = () -> fixture.template("page.torn", "two");
    assertThat(render("page.torn", map("a", "1")).text()).isEqualTo("one, one");

    torn.between = () -> {};
    assertThat(render("page.torn", map("a", "1"))).isEqualTo(rendered("two, two"));
    fixture.template("page.torn", "one");
    assertThat(render("page.torn", map("a", "1"))).isEqualTo(cached("one, one"));
  }

  /** An engine that loads a template twice. */
  private static final class TornEngine extends FileEngine {
    private Runnable between = () -> {};

    @Override
    CompiledTemplate compile(TemplateLoader loader, String name) {
      var text = loader.load(name).text();
      return (data, out) -> {
        between.run();
        out.write(text + ", " + loader.load(name).text());
      };
    }
  }

  /**
   * Telling 20,000 items apart takes milliseconds, and printing none of them next to nothing.
   *
   * <p>Shown to fail when {@code WorktreeTemplates} does not ask what caching costs.
   */
  @Test
  void whatRendersFasterThanItIsFoundIsRendered() {
    fixture.add("quick", "quick", new WaitingEngine(0));
    fixture.template("page.quick", "");
    var items = Collections.nCopies(20_000, "item");
    for (int i = 0; i < Costs.ENOUGH; i++) {
      assertThat(render("page.quick", map("items", items, "i", i))).isEqualTo(rendered("" + i));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(render("page.quick", map("items", items, "i", -1))).isEqualTo(rendered("-1"));
    }
  }

  /** Shown to fail when the first renderings decide that nothing is cached. */
  @Test
  void whatRendersSlowlyIsFoundHoweverManyThereAre() {
    fixture.add("slow", "slow", new WaitingEngine(20));
    fixture.template("page.slow", "");
    for (int i = 0; i < Costs.ENOUGH; i++) {
      assertThat(render("page.slow", map("items", 1, "i", i))).isEqualTo(rendered("" + i));
    }
    assertThat(render("page.slow", map("items", 1, "i", -1))).isEqualTo(rendered("-1"));
    assertThat(render("page.slow", map("items", 1, "i", -1))).isEqualTo(cached("-1"));
  }

  /** Looks at {@code items}, waits and prints {@code i}. */
  private static final class WaitingEngine extends FileEngine {
    private final int millis;

    WaitingEngine(int millis) {
      this.millis = millis;
    }

    @Override
    CompiledTemplate compile(TemplateLoader loader, String name) {
      loader.load(name);
      return (data, out) -> {
        data.get("items");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        out.write(String.valueOf(data.get("i")));
      };
    }
  }

  @Test
  void largeOutputsStreamAndAreNotKept() throws Exception {
    fixture.template("page.peb", "{% for i in range(1, 3000) %}{{ a }}{% endfor %}");
    var data = map("a", "0123456789".repeat(100));
    for (int i = 0; i < 2; i++) {
      var largest = new long[2];
      var out =
          new Writer() {
            @Override
            public void write(char[] text, int from, int length) {
              largest[0] = Math.max(largest[0], length);
              largest[1] += length;
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
          };
      assertThat(fixture.open().render("page.peb", data, out).isCached()).isFalse();
      assertThat(largest[0]).isLessThan(100_000);
      assertThat(largest[1]).isEqualTo(3_000_000);
    }
  }

  @Test
  void whatIsNoTextInUtf8IsNotKept() {
    fixture.template("page.peb", "{{ a }}");
    for (int i = 0; i < 2; i++) {
      assertThat(render("page.peb", map("a", "x\ud800y"))).isEqualTo(rendered("x\ud800y"));
    }
    render("page.peb", map("a", "\u0000ä\ud83d\ude00"));
    assertThat(render("page.peb", map("a", "\u0000ä\ud83d\ude00")))
        .isEqualTo(cached("\u0000ä\ud83d\ude00"));
  }

  @Test
  void dryRunsAndASwitchedOffCacheTouchNothing() {
    fixture.template("page.peb", "{{ a }}");
    var dry = fixture.openDry();
    render(dry, "page.peb", map("a", "1"));
    dry.preview("page.peb", map("a", "1"), "out.txt", Overwrite.RECOVERABLE);
    fixture.git.write("gitvan.yaml", "templates: { cache: false }\n");
    render("page.peb", map("a", "1"));
    fixture.open().write("page.peb", map("a", "1"), "out.txt");
    assertThat(fixture.caches.stats()).isEmpty();

    fixture.git.write("gitvan.yaml", "");
    render("page.peb", map("a", "1"));
    assertThat(render("page.peb", map("a", "1")).isCached()).isTrue();
    assertThat(render(dry, "page.peb", map("a", "1")).isCached()).isFalse();
  }

  @Test
  void tellsWhatItDoesByNamesAndFigures() {
    var lines = new java.util.concurrent.CopyOnWriteArrayList<String>();
    fixture.templates.debugging = List.of(lines::add);
    fixture.template("page.peb", "{{ secret }}");
    render("page.peb", map("secret", "s3cr3t"));
    render("page.peb", map("secret", "s3cr3t"));
    render("page.peb", map("secret", "other"));

    assertThat(lines.stream().map(line -> line.replaceAll("[0-9.]+ ms", "N ms")))
        .containsExactly(
            "templates: compiled page.peb in N ms",
            "templates: rendered page.peb in N ms",
            "templates: rendered page.peb: hit in heap",
            "templates: compiled page.peb: hit in heap",
            "templates: rendered page.peb in N ms");
    fixture.templates.debugging = List.of();
    render("page.peb", map("secret", "third"));
    assertThat(lines).hasSize(5);
  }

  @Test
  void lowerTiersServeOtherProcesses() {
    var disk = new HeapTier();
    fixture.addTier("disk", 2, disk);
    fixture.template("page.peb", "{{ a }}");
    render("page.peb", map("a", "1"));
    fixture.caches.remove("heap");
    fixture.caches.remove("disk");
    fixture.addTier("disk", 2, disk);

    assertThat(render("page.peb", map("a", "1"))).isEqualTo(new Output("1", "disk"));
    assertThat(render("page.peb", map("a", "2"))).isEqualTo(rendered("2"));
  }

  /** Shown to fail when a trace is kept with each output. */
  @Test
  void whatARenderingLooksAtIsKeptOnce() {
    var puts = new AtomicInteger();
    fixture.caches.remove("heap");
    fixture.addTier("counted", 1, spec -> counted(fixture.heap.open(spec), puts));
    fixture.template("page.peb", "{{ a }}");
    render("page.peb", map("a", "0"));
    int before = puts.get();
    for (int i = 1; i <= 10; i++) {
      render("page.peb", map("a", String.valueOf(i)));
    }
    assertThat(puts.get() - before).isEqualTo(10);
  }

  private static Region counted(Region region, AtomicInteger puts) {
    return (Region)
        Proxy.newProxyInstance(
            Region.class.getClassLoader(),
            new Class<?>[] {Region.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("put")) {
                puts.incrementAndGet();
              }
              return method.invoke(region, arguments);
            });
  }

  @Test
  void withoutARegistryEverythingIsRendered() {
    fixture.template("page.peb", "{{ a }}");
    fixture.templates.caches = null;
    for (int i = 0; i < 3; i++) {
      assertThat(render("page.peb", map("a", "1"))).isEqualTo(rendered("1"));
    }
  }

  @Test
  void manyAtOnceWhileTemplatesAreEditedAreRight() throws Exception {
    fixture.template("page.peb", "{{ n }}:{% include 'part.peb' %}");
    fixture.template("part.peb", "0");
    var threads = Executors.newFixedThreadPool(8);
    try {
      var edits = 30;
      var set = fixture.open();
      for (int edit = 0; edit < edits; edit++) {
        fixture.template("part.peb", String.valueOf(edit));
        var results = new ArrayList<Future<Output>>();
        for (int i = 0; i < 40; i++) {
          long n = i % 10;
          Callable<Output> render = () -> render(set, "page.peb", map("n", n));
          results.add(threads.submit(render));
        }
        for (int i = 0; i < 40; i++) {
          assertThat(results.get(i).get().text()).isEqualTo(i % 10 + ":" + edit);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(fixture.stats("rendered", "heap").hits()).isPositive();
  }
}
