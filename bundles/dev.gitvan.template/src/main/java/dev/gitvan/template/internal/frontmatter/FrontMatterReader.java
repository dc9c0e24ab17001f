package dev.gitvan.template.internal.frontmatter;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.document.Documents.Syntax;
import dev.gitvan.document.Node;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Force;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Injection;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Position;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads front matter, and reports all of its errors at once. */
public final class FrontMatterReader {
  /** Files of one plan: each is open until all are written. */
  static final int MAX_FILES = 256;

  private static final String INSERTION = "Write inject: { into: FILE, after: TEXT }.";

  private static final List<String> KEYS = List.of("to", "when", "force", "inject", "data");
  private static final List<String> INJECT_KEYS = List.of("into", "before", "after", "between");

  /** Keys of Hygen's front matter, and what to write here. */
  private static final Map<String, String> HYGEN =
      Map.of(
          "unless_exists",
          "Write force: skip.",
          "skip_if",
          "Remove it: text that a file has already is not inserted again.",
          "after",
          INSERTION,
          "before",
          INSERTION,
          "at_line",
          INSERTION,
          "prepend",
          INSERTION,
          "append",
          INSERTION,
          "eof_last",
          "Remove it.",
          "from",
          "Write {% include \"name\" %} in the template.",
          "sh",
          "Write a job with a run step.");

  /** What every template sees, whatever its front matter says. */
  private static final List<String> TAKEN = List.of("git", "now", "env", "inputs", "steps");

  private final List<Problem> problems = new ArrayList<>();

  private FrontMatterReader() {}

  /**
   * What was read.
   *
   * @param problems empty when the front matter can be used
   */
  public record Reading(FrontMatter frontMatter, List<Problem> problems) {
    /**
     * The front matter.
     *
     * @throws GitVanException the first problem, if there is any
     */
    public FrontMatter orThrow() {
      if (!problems.isEmpty()) {
        throw problems.get(0).toException();
      }
      return frontMatter;
    }
  }

  /**
   * Reads it.
   *
   * @param yaml see {@link Split#frontMatter}; null: there is none
   * @param template how errors name it
   */
  public static Reading read(Documents documents, String yaml, String template) {
    if (yaml == null) {
      return new Reading(FrontMatter.NONE, List.of());
    }
    var reader = new FrontMatterReader();
    try {
      var root = documents.parse(yaml.getBytes(StandardCharsets.UTF_8), template, Syntax.YAML);
      var read = reader.root(root);
      return new Reading(read, List.copyOf(reader.problems));
    } catch (GitVanException e) {
      return new Reading(FrontMatter.NONE, List.of(e.problem()));
    }
  }

  private FrontMatter root(Node root) {
    if (!(root instanceof Node.Mapping mapping)) {
      wrongType(root, "front matter", "keys and values");
      return FrontMatter.NONE;
    }
    unknownKeys(
        mapping,
        KEYS,
        "a template's front matter",
        " If these lines are part of the output" + ", put two lines --- before them.");
    var entries = mapping.entries();
    var to = new ArrayList<Text>();
    Optional.ofNullable(entries.get("to")).ifPresent(node -> texts(node, "to", to));
    if (to.size() > MAX_FILES) {
      problem(
          Codes.CONFIG_RANGE,
          to.get(MAX_FILES).place().toString(),
          "to lists more than " + MAX_FILES + " files, the limit per plan",
          "Use a template step with for-each.");
    }
    var injections = injections(entries.get("inject"));
    return new FrontMatter(
        List.copyOf(to),
        Optional.ofNullable(entries.get("when")).flatMap(this::condition),
        force(entries.get("force"), mapping),
        injections,
        data(entries.get("data")));
  }

  /** An expression; {@code true} and {@code false} are some, though YAML reads them otherwise. */
  private Optional<Text> condition(Node node) {
    if (node instanceof Node.Scalar scalar
        && (scalar.value() instanceof Boolean
            || scalar.value() instanceof String text && !text.isBlank())) {
      return Optional.of(new Text(node.place(), scalar.text()));
    }
    wrongType(node, "when", "an expression");
    return Optional.empty();
  }

  private Force force(Node node, Node.Mapping mapping) {
    if (node == null) {
      return Force.ERROR;
    }
    var names =
        List.of(Force.values()).stream().map(f -> f.name().toLowerCase(Locale.ROOT)).toList();
    var written = node instanceof Node.Scalar scalar ? scalar.text() : "";
    if (!names.contains(written)) {
      problem(
          node instanceof Node.Scalar ? Codes.CONFIG_RANGE : Codes.CONFIG_TYPE,
          node.place().toString(),
          "force must be " + alternatives(names) + ", but is " + node.describe(),
          Nearest.sentence(written, names, "Use one of them."));
      return Force.ERROR;
    }
    if (!mapping.entries().containsKey("to")) {
      problem(
          Codes.CONFIG_REQUIRED,
          mapping.keyPlaces().get("force").toString(),
          "force without to",
          "Add to, or remove it.");
    }
    return Force.valueOf(written.toUpperCase(Locale.ROOT));
  }

  private List<Injection> injections(Node node) {
    if (node == null) {
      return List.of();
    }
    var nodes = node instanceof Node.Sequence list ? list.items() : List.of(node);
    if (nodes.isEmpty()) {
      empty(node, "inject");
    }
    var injections = new ArrayList<Injection>();
    for (var each : nodes) {
      if (each instanceof Node.Mapping mapping) {
        injection(mapping).ifPresent(injections::add);
      } else {
        wrongType(each, "inject", "a mapping with into and a marker, or a list of such");
      }
    }
    return List.copyOf(injections);
  }

  private Optional<Injection> injection(Node.Mapping mapping) {
    unknownKeys(mapping, INJECT_KEYS, "inject", "");
    var into = Optional.ofNullable(mapping.entries().get("into")).flatMap(n -> text(n, "into"));
    if (!mapping.entries().containsKey("into")) {
      problem(
          Codes.CONFIG_REQUIRED,
          mapping.place().toString(),
          "inject has no into",
          "Add the file: into: PATH.");
    }
    var given = INJECT_KEYS.stream().skip(1).filter(mapping.entries()::containsKey).toList();
    if (given.size() != 1) {
      problem(
          Codes.CONFIG_REQUIRED,
          mapping.place().toString(),
          given.isEmpty()
              ? "inject has no before, after or between"
              : "inject has " + String.join(" and ", given) + ", but only one is allowed",
          "Add one marker: after: \"TEXT\", before: \"TEXT\" or between: [\"FROM\", \"TO\"].");
      return Optional.empty();
    }
    var position = given.get(0);
    var node = mapping.entries().get(position);
    var markers = new ArrayList<Text>();
    if (position.equals("between")) {
      if (node instanceof Node.Sequence list && list.items().size() == 2) {
        texts(node, position, markers);
      } else {
        wrongType(node, position, "a list of two markers");
      }
    } else {
      text(node, position).ifPresent(markers::add);
    }
    return into.isEmpty() || markers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Injection(
                into.get(),
                Position.valueOf(position.toUpperCase(Locale.ROOT)),
                List.copyOf(markers)));
  }

  private Map<String, Object> data(Node node) {
    if (node == null) {
      return Map.of();
    }
    if (!(node instanceof Node.Mapping mapping)) {
      wrongType(node, "data", "a mapping");
      return Map.of();
    }
    for (var taken : TAKEN) {
      if (mapping.entries().containsKey(taken)) {
        problem(
            Codes.CONFIG_RANGE,
            mapping.keyPlaces().get(taken).toString(),
            "data must not contain " + taken + ", which is reserved",
            "Choose another name.");
      }
    }
    return new LinkedHashMap<>(mapping.value());
  }

  private void texts(Node node, String key, List<Text> into) {
    if (!(node instanceof Node.Sequence list)) {
      text(node, key).ifPresent(into::add);
      return;
    }
    if (list.items().isEmpty()) {
      empty(node, key);
    }
    list.items().forEach(item -> text(item, "an entry of " + key).ifPresent(into::add));
  }

  private Optional<Text> text(Node node, String key) {
    if (node instanceof Node.Scalar scalar
        && scalar.value() instanceof String text
        && !text.isBlank()) {
      if (text.contains("<%")) {
        problem(
            Codes.CONFIG_RANGE,
            node.place().toString(),
            key + " has <% %>, which is EJS and not a template here",
            "Write {{ name }}.");
      }
      return Optional.of(new Text(node.place(), text));
    }
    wrongType(node, key, "a string");
    return Optional.empty();
  }

  private void empty(Node node, String key) {
    problem(
        Codes.CONFIG_REQUIRED,
        node.place().toString(),
        key + " is empty",
        "Add at least one entry, or remove the key.");
  }

  private void unknownKeys(Node.Mapping mapping, List<String> known, String owner, String more) {
    mapping
        .keyPlaces()
        .forEach(
            (key, place) -> {
              if (!known.contains(key)) {
                problem(
                    Codes.CONFIG_UNKNOWN_KEY,
                    place.toString(),
                    "there is no key " + key + " in " + owner,
                    HYGEN.containsKey(key)
                        ? HYGEN.get(key)
                        : Nearest.sentence(
                                key, known, "The keys are " + String.join(", ", known) + ".")
                            + more);
              }
            });
  }

  private void wrongType(Node node, String key, String wanted) {
    problem(
        Codes.CONFIG_TYPE,
        node.place().toString(),
        key + " must be " + wanted + ", but is " + node.describe(),
        "Write " + wanted + ".");
  }

  private void problem(ErrorCode code, String place, String what, String remedy) {
    problems.add(new Problem(code, place, what, remedy));
  }

  private static String alternatives(List<String> names) {
    return String.join(", ", names.subList(0, names.size() - 1))
        + " or "
        + names.get(names.size() - 1);
  }
}
