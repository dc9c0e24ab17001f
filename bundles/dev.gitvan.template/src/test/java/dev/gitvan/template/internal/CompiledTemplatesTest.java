package dev.gitvan.template.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.template.Templates.Overwrite;
import dev.gitvan.template.spi.CompiledTemplate;
import dev.gitvan.template.spi.TemplateLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cache {@code templates}. */
@Timeout(120)
class CompiledTemplatesTest {
  @TempDir Path directory;
  private TemplatesFixture fixture;

  @BeforeEach
  void open() {
    fixture = new TemplatesFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private long hits() {
    return fixture.stats("templates", "heap").hits();
  }

  private long misses() {
    return fixture.stats("templates", "heap").misses();
  }

  private long compiled() {
    return fixture.stats("templates", "loader").hits();
  }

  @Test
  void eachFileIsCompiledOnceAndCounted() {
    fixture.template("page.peb", "{% include 'part.peb' %}");
    fixture.template("part.peb", "{{ a }}");
    var set = fixture.open();

    assertThat(set.render("page.peb", Map.of("a", "1"))).isEqualTo("1");
    assertThat(compiled()).isEqualTo(2);
    assertThat(misses()).isEqualTo(2);
    assertThat(hits()).isZero();

    assertThat(set.render("page.peb", Map.of("a", "2"))).isEqualTo("2");
    assertThat(fixture.open().render("page.peb", Map.of("a", "3"))).isEqualTo("3");
    assertThat(compiled()).isEqualTo(2);
    assertThat(misses()).isEqualTo(2);
    assertThat(hits()).isEqualTo(4);
    assertThat(fixture.stats("templates", "heap").entries()).isEqualTo(2);
  }

  @Test
  void aPartThatIsEditedIsCompiledAlone() {
    fixture.template("page.peb", "<{% include 'part.peb' %}>");
    fixture.template("part.peb", "one");
    var set = fixture.open();
    assertThat(set.render("page.peb", Map.of())).isEqualTo("<one>");

    fixture.template("part.peb", "two");
    assertThat(set.render("page.peb", Map.of())).isEqualTo("<two>");
    assertThat(compiled()).isEqualTo(3);

    // The old content is kept too: no path and no time is in its identity.
    fixture.template("part.peb", "one");
    assertThat(set.render("page.peb", Map.of())).isEqualTo("<one>");
    assertThat(compiled()).isEqualTo(3);
  }

  @Test
  void theSameContentUnderOtherOptionsIsAnother() {
    fixture.template("page.peb", "{{ a }}");
    fixture.open().render("page.peb", Map.of("a", "<"));
    fixture.git.write("gitvan.yaml", "templates: { autoescape: true }\n");

    assertThat(fixture.open().render("page.peb", Map.of("a", "<"))).isEqualTo("&lt;");
    assertThat(compiled()).isEqualTo(2);
  }

  @Test
  void textsAndConditionsAreKeptToo() {
    var set = fixture.open();
    for (int i = 0; i < 3; i++) {
      assertThat(set.renderText("job:1", "{{ a }}", Map.of("a", i))).isEqualTo("" + i);
      assertThat(set.test("job:2", "a > 1", Map.of("a", i))).isEqualTo(i > 1);
    }
    assertThat(compiled()).isEqualTo(2);
    assertThat(hits()).isEqualTo(4);

    // Errors name the location of an inline template: another location, another template.
    set.renderText("job:7", "{{ a }}", Map.of("a", 1));
    assertThat(compiled()).isEqualTo(3);
  }

  @Test
  void whatDoesNotFitIsDropped() {
    fixture.git.write("gitvan.yaml", "cache: { memory: { entries: 10 } }\n");
    for (int i = 0; i < 40; i++) {
      fixture.template(i + ".peb", "{{ a }}" + i);
    }
    var set = fixture.open();
    for (int i = 0; i < 40; i++) {
      assertThat(set.render(i + ".peb", Map.of("a", "x"))).isEqualTo("x" + i);
    }

    assertThat(fixture.stats("templates", "heap").entries()).isLessThanOrEqualTo(10);
    assertThat(fixture.stats("templates", "heap").evictions()).isGreaterThanOrEqualTo(30);
    assertThat(set.render("0.peb", Map.of("a", "x"))).isEqualTo("x0");
  }

  @Test
  void errorsAreNotKept() {
    fixture.template("page.peb", "{% if %}");
    var set = fixture.open();
    assertThatThrownBy(() -> set.render("page.peb", Map.of()))
        .hasMessageContaining("TEMPLATE_SYNTAX");
    assertThatThrownBy(() -> set.render("page.peb", Map.of()))
        .hasMessageContaining("TEMPLATE_SYNTAX");
    assertThat(fixture.stats("templates", "heap").entries()).isZero();

    fixture.template("page.peb", "well");
    assertThat(set.render("page.peb", Map.of())).isEqualTo("well");
  }

  @Test
  void dryRunsAndASwitchedOffCacheTouchNothing() throws Exception {
    fixture.template("page.peb", "{{ a }}");
    var dry = fixture.openDry();
    dry.render("page.peb", Map.of("a", "1"));
    dry.renderText("x", "{{ a }}", Map.of("a", "1"));
    dry.test("x", "a", Map.of("a", "1"));
    dry.preview("page.peb", Map.of("a", "1"), "out.txt", Overwrite.RECOVERABLE);

    fixture.git.write("gitvan.yaml", "templates: { cache: false }\n");
    var off = fixture.open();
    off.render("page.peb", Map.of("a", "1"));
    off.write("page.peb", Map.of("a", "1"), "out.txt");

    assertThat(fixture.caches.stats()).isEmpty();
  }

  @Test
  void withoutARegistryOrATierTemplatesAreCompiledEachTime() {
    fixture.template("page.peb", "{% include 'part.peb' %}");
    fixture.template("part.peb", "{{ a }}");
    var set = fixture.open();
    set.render("page.peb", Map.of("a", "1"));

    fixture.caches.remove("heap");
    assertThat(set.render("page.peb", Map.of("a", "2"))).isEqualTo("2");
    assertThat(set.render("page.peb", Map.of("a", "3"))).isEqualTo("3");
    fixture.templates.caches = null;
    assertThat(set.render("page.peb", Map.of("a", "4"))).isEqualTo("4");
    fixture.templates.caches = fixture.caches;
    fixture.addTier("heap", 1, fixture.heap);
    assertThat(set.render("page.peb", Map.of("a", "5"))).isEqualTo("5");
    long before = compiled();
    assertThat(set.render("page.peb", Map.of("a", "6"))).isEqualTo("6");
    assertThat(compiled()).isEqualTo(before);
  }

  /**
   * Two edits in one tick of the file system's clock that leave the size as it was.
   *
   * <p>Shown to fail with {@link FileStamp#isRacy} always false and no change times, as on a file
   * system that has none: the first text was rendered again. With change times that are finer than
   * a tick this cannot be provoked.
   */
  @Test
  void editsOfTheSameSizeInTheSameTickAreSeen() throws Exception {
    var file = fixture.git.write(".gitvan/templates/page.peb", "one");
    var set = fixture.open();
    for (int i = 0; i < 200; i++) {
      var text = String.valueOf(100 + i);
      var time = Files.getLastModifiedTime(file);
      Files.writeString(file, text);
      Files.setLastModifiedTime(file, time);
      assertThat(set.render("page.peb", Map.of())).isEqualTo(text);
    }
  }

  @Test
  void aLinkThatIsSwappedIsSeen() throws Exception {
    var one = fixture.template("one.txt", "one");
    var two = fixture.template("two.txt", "two");
    var link = one.resolveSibling("page.peb");
    Files.createSymbolicLink(link, one.getFileName());
    var set = fixture.open();
    for (int i = 0; i < 20; i++) {
      assertThat(set.render("page.peb", Map.of())).isEqualTo(i % 2 == 0 ? "one" : "two");
      var next = link.resolveSibling("next");
      Files.createSymbolicLink(next, (i % 2 == 0 ? two : one).getFileName());
      Files.move(next, link, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Test
  void manyWhoWantATemplateAtOnceHaveItCompiledOnce() throws Exception {
    fixture.template("page.peb", "{% for i in range(1, 50) %}{{ a }}{% endfor %}");
    var set = fixture.open();
    // A cache that is just being opened has no tiers yet, and keeps nothing.
    set.renderText("first", "{{ a }}", Map.of("a", "x"));
    long before = compiled();
    var threads = Executors.newFixedThreadPool(8);
    try {
      var start = new CountDownLatch(1);
      Callable<String> render =
          () -> {
            start.await();
            return set.render("page.peb", Map.of("a", "x"));
          };
      var results = new ArrayList<Future<String>>();
      for (int i = 0; i < 8; i++) {
        results.add(threads.submit(render));
      }
      start.countDown();
      for (var result : results) {
        assertThat(result.get()).isEqualTo("x".repeat(50));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(compiled() - before).isEqualTo(1);
  }

  /** An engine that waits when it compiles, and compiles more when it renders. */
  private static final class SlowEngine extends FileEngine {
    final CountDownLatch compiling = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);

    record Made(String text) {}

    @Override
    CompiledTemplate compile(TemplateLoader loader, String name) {
      var made = made(loader, name);
      return (data, out) -> out.write(made.text() + made(loader, "b.slow").text());
    }

    private Made made(TemplateLoader loader, String name) {
      var source = loader.load(name);
      return loader.compiled(source, Made.class, () -> make(source.text()));
    }

    private Made make(String text) {
      compiling.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return new Made(text);
    }
  }

  /**
   * What an engine compiles while it goes, or after it, would keep its classes.
   *
   * <p>Shown to fail without {@link CompiledCache}'s look at whether the engine is going.
   */
  @Test
  void nothingOfAnEngineThatWentStays() throws Exception {
    var slow = new SlowEngine();
    var engine = fixture.add("slow", "slow", slow);
    fixture.template("a.slow", "a");
    fixture.template("b.slow", "b");
    var set = fixture.open();
    var threads = Executors.newSingleThreadExecutor();
    try {
      var first = threads.submit(() -> set.render("a.slow", Map.of()));
      slow.compiling.await();
      fixture.remove(engine);
      slow.go.countDown();

      assertThat(first.get()).as("a rendering ends with the engine it began with").isEqualTo("ab");
      assertThat(fixture.stats("templates", "heap").entries()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anEngineThatReturnsSharesNothingWithTheOneThatWent() {
    fixture.template("page.peb", "{{ a }}");
    var set = fixture.open();
    set.render("page.peb", Map.of("a", "1"));
    fixture.remove(fixture.pebble);
    assertThatThrownBy(() -> set.render("page.peb", Map.of("a", "1")))
        .isInstanceOf(GitVanException.class)
        .hasMessageContaining("TEMPLATE_NO_ENGINE");

    fixture.addPebble();
    assertThat(set.render("page.peb", Map.of("a", "2"))).isEqualTo("2");
    assertThat(List.of(compiled(), fixture.stats("templates", "heap").entries()))
        .containsExactly(2L, 1L);
  }
}
