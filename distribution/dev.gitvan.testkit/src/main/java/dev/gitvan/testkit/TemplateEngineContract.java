package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.template.spi.EngineOptions;
import dev.gitvan.template.spi.TemplateEngine;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TemplateEngine} must do, in whatever language it has. A provider's test extends
 * this and says how its language writes a few things. A test that takes longer than the limit fails
 * and its thread is abandoned, so that an engine without bounds cannot hang the build.
 */
public abstract class TemplateEngineContract extends Contract {
  private static final EngineOptions STRICT = EngineOptions.builder().build();

  private MemoryTemplates templates;
  private TemplateEngine.Session session;

  /** The engine under test. */
  protected abstract TemplateEngine engine();

  /** An expression that prints a variable; the path has dots for nested values. */
  protected abstract String print(String path);

  /** An include of another template. */
  protected abstract String include(String name);

  /** A loop that renders a body for each item; the body reads it as {@code item}. */
  protected abstract String each(String list, String body);

  /** An expression that prints the item itself, inside {@link #each}. */
  protected String printItem() {
    return print("item");
  }

  /** A template that does not compile because of its first line. */
  protected abstract String broken();

  /** Whether the engine is declared to be bounded. */
  protected boolean bounded() {
    return true;
  }

  /** Whether the engine is declared to be interruptible. */
  protected boolean interruptible() {
    return true;
  }

  /** A variable's output through a contributed filter; null when the engine offers no filters. */
  protected String filtered(String path, String filter) {
    return null;
  }

  /** The output of a contributed function; null when the engine offers no functions. */
  protected String called(String function) {
    return null;
  }

  /** An expression that is true when the variable {@code flag} is. */
  protected String condition() {
    return "flag";
  }

  @BeforeEach
  void openSession() {
    templates = new MemoryTemplates();
    session = engine().open(STRICT, templates);
  }

  @AfterEach
  void closeSession() {
    if (session != null) {
      session.close();
    }
  }

  private String render(String name, Map<String, ?> data) {
    return render(session, name, data);
  }

  private static String render(TemplateEngine.Session session, String name, Map<String, ?> data) {
    var out = new StringWriter();
    try {
      session.compile(name).render(data, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString();
  }

  private GitVanException failure(String name, Map<String, ?> data) {
    return catchThrowableOfType(GitVanException.class, () -> render(name, data));
  }

  @Test
  void textIsKeptAsItIs() {
    templates.put("t", "  first\n\n\tsecond  \r\nthird \u00e9 \ud83d\ude00\n");

    assertThat(render("t", Map.of()))
        .isEqualTo("  first\n\n\tsecond  \r\nthird \u00e9 \ud83d\ude00\n");
  }

  @Test
  void printsVariablesAndWhatIsFurtherIn() {
    templates.put("t", print("name") + " " + print("a.b.c") + "\n");

    assertThat(render("t", Map.of("name", "x<y", "a", Map.of("b", Map.of("c", 7L)))))
        .isEqualTo("x<y 7\n");
  }

  @Test
  void escapesWhenItIsTold() {
    templates.put("t", print("name"));
    try (var escaping =
        engine().open(EngineOptions.builder().autoescape(true).build(), templates)) {
      assertThat(render(escaping, "t", Map.of("name", "<b>"))).isEqualTo("&lt;b&gt;");
    }
  }

  @Test
  void goesThroughListsInOrder() {
    templates.put("t", each("items", printItem() + ";"));

    assertThat(render("t", Map.of("items", List.of("b", "a", "c")))).isEqualTo("b;a;c;");
    assertThat(render("t", Map.of("items", List.of()))).isEmpty();
  }

  @Test
  void goesThroughWhatIsNoListButHasItems() {
    templates.put("t", each("items", printItem() + ";"));
    Iterable<String> items = () -> List.of("a", "b").iterator();

    assertThat(render("t", Map.of("items", items))).isEqualTo("a;b;");
  }

  @Test
  void includesOtherTemplates() {
    templates.put("outer", "<" + include("inner") + ">").put("inner", print("name"));

    assertThat(render("outer", Map.of("name", "n"))).isEqualTo("<n>");
  }

  @Test
  void seesEdits() {
    templates.put("outer", "<" + include("inner") + ">").put("inner", "one");
    assertThat(render("outer", Map.of())).isEqualTo("<one>");

    templates.put("inner", "two");
    assertThat(render("outer", Map.of())).isEqualTo("<two>");

    templates.put("outer", "[" + include("inner") + "]");
    assertThat(render("outer", Map.of())).isEqualTo("[two]");
  }

  @Test
  void keepsWhatItCompiled() {
    templates.put("outer", include("inner")).put("inner", "text");

    assertThat(session.compile("outer")).isSameAs(session.compile("outer"));
  }

  @Test
  void keepsNothingItself() {
    templates.put("outer", include("inner")).put("inner", "text");
    var compiled = session.compile("outer");

    templates.forget();

    assertThat(session.compile("outer")).isNotSameAs(compiled);
  }

  /** A cache of outputs must know their dependencies. */
  @Test
  void loadsWhatARenderingUsesOnItsThread() {
    templates.put("outer", include("inner")).put("inner", include("leaf")).put("leaf", "text");
    render("outer", Map.of());

    assertThat(templates.loadedBy(() -> render("outer", Map.of())))
        .containsExactlyInAnyOrder("outer", "inner", "leaf");
  }

  @Test
  void aRenderingIsOfOneVersion() throws IOException {
    templates.put("outer", print("name") + include("inner")).put("inner", "one");
    var compiled = session.compile("outer");
    templates.put("inner", "two");
    var out = new StringWriter();

    compiled.render(Map.of("name", "n"), out);

    assertThat(out).hasToString("none");
  }

  @Test
  void undefinedVariablesAreErrorsWithTheirPlace() {
    templates.put("t", "first\n" + print("nmae"));

    var failure = failure("t", Map.of("name", "n"));

    assertThat(failure.code()).isEqualTo(Codes.TEMPLATE_UNDEFINED);
    assertThat(failure.problem().place()).isEqualTo("t:2");
    assertThat(failure.problem().what()).contains("nmae");
  }

  @Test
  void undefinedVariablesAreNothingWhenThatIsWanted() {
    templates.put("t", "[" + print("nothing") + "]");
    try (var lenient = engine().open(EngineOptions.builder().strict(false).build(), templates)) {
      assertThat(render(lenient, "t", Map.of())).isEqualTo("[]");
    }
  }

  @Test
  void syntaxErrorsHaveTheirPlace() {
    templates.put("t", broken());

    var failure = catchThrowableOfType(GitVanException.class, () -> session.compile("t"));

    assertThat(failure.code()).isEqualTo(Codes.TEMPLATE_SYNTAX);
    assertThat(failure.problem().place()).isEqualTo("t:1");
  }

  /** Lines above the body in the file, such as front matter, count too. */
  @Test
  void linesAreThoseOfTheFile() {
    templates.put("t", "\n" + print("nothing"), 5).put("outer", include("t"), 9);
    assertThat(failure("t", Map.of()).problem().place()).isEqualTo("t:6");
    assertThat(failure("outer", Map.of()).problem().place()).isEqualTo("t:6");

    templates.put("t", broken(), 5);
    assertThat(failure("t", Map.of()).problem().place()).isEqualTo("t:5");

    templates.put("t", "\n" + include("gone"), 5);
    assertThat(failure("t", Map.of()).problem().place()).isEqualTo("t:6");

    templates.put("t", "\n  text\n", 5);
    assertThat(render("t", Map.of())).isEqualTo("\n  text\n");
  }

  @Test
  void errorsInAnIncludedTemplateAreToldThere() {
    templates.put("outer", "\n\n" + include("inner")).put("inner", "\n" + print("nothing"));

    assertThat(failure("outer", Map.of("a", 1)).problem().place()).isEqualTo("inner:2");
  }

  @Test
  void aMissingTemplateIsToldWhereItIsIncluded() {
    templates.put("outer", "\n" + include("gone"));

    var failure = failure("outer", Map.of());

    assertThat(failure.code()).isEqualTo(Codes.TEMPLATE_NOT_FOUND);
    assertThat(failure.problem().place()).isEqualTo("outer:2");
  }

  @Test
  void whatTheLoaderRefusesStaysRefused() {
    templates.put("outer", include("/etc/passwd"));

    assertThat(failure("outer", Map.of()).code()).isEqualTo(Codes.TEMPLATE_OUTSIDE_ROOT);
  }

  /** A loop without output is not bounded by the output limit. */
  @Test
  void loopsThatWriteNothingEnd() {
    assumeTrue(bounded());
    templates.put("t", each("items", each("items", each("items", each("items", "")))));
    var items = IntStream.range(0, 1000).boxed().toList();

    var failure =
        Assertions.assertTimeout(
            Duration.ofSeconds(60), () -> failure("t", Map.of("items", items)));

    assertThat(failure.code()).isEqualTo(Codes.TEMPLATE_RANGE_LIMIT);
  }

  @Test
  void aTemplateThatIncludesItselfEnds() {
    assumeTrue(bounded());
    templates.put("t", "x" + include("t"));

    var failure = Assertions.assertTimeout(Duration.ofSeconds(60), () -> failure("t", Map.of()));

    assertThat(failure.code()).isEqualTo(Codes.TEMPLATE_DEPTH);
    assertThat(failure.problem().place()).startsWith("t");
  }

  @Test
  void theWritersFailureIsTheCallers() {
    templates.put("t", each("items", printItem()));
    var full = new IOException("full");
    var out =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw full;
          }

          @Override
          public void flush() {}

          @Override
          public void close() {
            throw new AssertionError("the engine closed the writer");
          }
        };

    assertThatThrownBy(() -> session.compile("t").render(Map.of("items", List.of("a")), out))
        .isSameAs(full);
  }

  @Test
  void outputIsWrittenPieceByPiece() {
    templates.put("t", each("items", printItem()));
    var items = IntStream.range(0, 100_000).mapToObj(i -> "0123456789").toList();
    var enough = new IllegalStateException("enough");
    var out =
        new Writer() {
          private long written;

          @Override
          public void write(char[] text, int from, int length) {
            written += length;
            if (written > 100_000) {
              throw GitVanException.of(
                  Codes.TEMPLATE_OUTPUT_LIMIT, "t", "it is too long", "Write less.");
            }
            if (length > 100_000) {
              throw enough;
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    assertThatThrownBy(() -> session.compile("t").render(Map.of("items", items), out))
        .isInstanceOf(GitVanException.class)
        .extracting(e -> ((GitVanException) e).code())
        .isEqualTo(Codes.TEMPLATE_OUTPUT_LIMIT);
  }

  @Test
  void interruptionEndsARendering() {
    assumeTrue(interruptible());
    templates.put("t", each("items", printItem()));
    var items = IntStream.range(0, 100_000).mapToObj(i -> "0123456789").toList();
    try {
      Thread.currentThread().interrupt();

      assertThat(failure("t", Map.of("items", items)).code()).isEqualTo(Codes.INTERRUPTED);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void theDataIsNotChanged() {
    templates.put("t", each("items", printItem()));
    var data = new LinkedHashMap<String, Object>();
    data.put("items", new ArrayList<>(List.of("b", "a")));

    render("t", data);

    assertThat(data).isEqualTo(Map.of("items", List.of("b", "a")));
  }

  @Test
  void textsAreTemplatesToo() throws IOException {
    templates.put("inner", "in");
    var out = new StringWriter();

    session
        .compileText("jobs.yaml:3", print("name") + include("inner"))
        .render(Map.of("name", "n"), out);

    assertThat(out).hasToString("nin");
  }

  @Test
  void textsAreNamedInErrors() {
    assertThatThrownBy(() -> session.compileText("the job's to", broken()))
        .hasMessageContaining("TEMPLATE_SYNTAX the job's to:1: ");
  }

  @Test
  void conditionsAreTested() {
    var condition = session.compileCondition("when", condition());

    assertThat(condition.test(Map.of("flag", true))).isTrue();
    assertThat(condition.test(Map.of("flag", false))).isFalse();
  }

  @Test
  void contributedFiltersAreCalledAndFailWhereTheyAreUsed() {
    assumeTrue(filtered("name", "shout") != null);
    templates.put("t", "first\n" + filtered("name", "shout"));
    var unknown = failure("t", Map.of("name", "n"));
    assertThat(unknown.problem().place()).isEqualTo("t:2");
    assertThat(unknown.problem().what()).isEqualTo("there is no filter shout");

    templates.filter("shout", (input, arguments) -> input + "!");
    assertThat(render("t", Map.of("name", "n"))).isEqualTo("first\nn!");

    templates.filter(
        "shout",
        (input, arguments) -> {
          throw new IllegalStateException("hoarse");
        });
    assertThat(failure("t", Map.of("name", "n")).problem().toString())
        .isEqualTo("TEMPLATE_FAILED t:2: hoarse.");

    templates.removeFilter("shout");
    assertThat(failure("t", Map.of("name", "n")).problem().place()).isEqualTo("t:2");
  }

  @Test
  void contributedFunctionsAreCalled() {
    assumeTrue(called("count") != null);
    templates.put("t", "first\n" + called("count"));
    assertThat(failure("t", Map.of()).problem().place()).isEqualTo("t:2");

    templates.function("count", arguments -> 7L);
    assertThat(render("t", Map.of())).isEqualTo("first\n7");
  }

  @Test
  void manyThreadsRenderAtOnceWhileTemplatesAreEdited() throws Exception {
    templates.put("outer", each("items", include("inner"))).put("inner", printItem() + "1;");
    var data = Map.of("items", List.of("a", "b"));
    var threads = Executors.newFixedThreadPool(16);
    try {
      var results = new ArrayList<Future<String>>();
      Callable<String> rendering = () -> render("outer", data);
      for (int i = 0; i < 400; i++) {
        results.add(threads.submit(rendering));
        if (i % 40 == 0) {
          templates.put("inner", printItem() + (i / 40 % 2 + 1) + ";");
        }
      }
      for (var result : results) {
        assertThat(result.get()).isIn("a1;b1;", "a2;b2;");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theSameIsTheSameAgain() {
    templates.put("t", each("items", printItem()));
    var data = Map.of("items", List.of("x", "y", "z"));

    assertThat(render("t", data)).isEqualTo(render("t", data));
  }
}
