package dev.gitvan.jobs.file.internal.definition;

import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.document.Node;
import dev.gitvan.event.TriggerParser;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobInput;
import dev.gitvan.job.JobOrigin;
import dev.gitvan.job.Priority;
import dev.gitvan.job.Retries;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.StepType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a job's definition from its node, or reports every error in it. */
public final class JobReader {
  static final Set<String> KEYS =
      Set.of(
          "$schema",
          "description",
          "on",
          "inputs",
          "timeout",
          "retries",
          "priority",
          "steps",
          "then");
  static final Set<String> RETRIES_KEYS = Set.of("max", "backoff");

  private static final Retries DEFAULT_RETRIES = new Retries(0, Duration.ofSeconds(1));
  private static final Duration MAX_BACKOFF = Duration.ofHours(1);

  private final Documents documents;
  private final Map<String, StepType> types;
  private final TextCheck texts;

  public JobReader(Documents documents, Map<String, StepType> types, TextCheck texts) {
    this.documents = documents;
    this.types = types;
    this.texts = texts;
  }

  /**
   * What was read.
   *
   * @param definition null when there are problems
   * @param problems by place
   */
  public record Result(JobDefinition definition, List<Problem> problems) {}

  /** Reads one job. */
  public Result read(String name, JobOrigin origin, Node node) {
    var findings = new Findings();
    if (!JobDefinition.isName(name)) {
      findings.add(
          Codes.JOB_NAME_INVALID,
          node.place(),
          name + " is not a valid job name",
          "Use letters, digits, dots, dashes and underscores, beginning with a letter or digit.");
    }
    var definition =
        Values.mapping(node, "a job", findings).map(job -> define(name, origin, job, findings));
    var problems = new ArrayList<>(findings.problems());
    problems.sort(Comparator.comparing(Problem::place, JobReader::compare));
    return new Result(problems.isEmpty() ? definition.orElseThrow() : null, problems);
  }

  /** Places of one document by line and column. */
  private static int compare(String a, String b) {
    var left = a.split(":");
    var right = b.split(":");
    for (int i = 2; i >= 1; i--) {
      if (left.length <= i || right.length <= i) {
        return 0;
      }
    }
    int line = number(left, 2) - number(right, 2);
    return line != 0 ? line : number(left, 1) - number(right, 1);
  }

  private static int number(String[] parts, int fromEnd) {
    var part = parts[parts.length - fromEnd];
    return part.matches("[0-9]{1,9}") ? Integer.parseInt(part) : 0;
  }

  private JobDefinition define(String name, JobOrigin origin, Node.Mapping job, Findings findings) {
    findings.unknownKeys(job, KEYS, "a job");
    var entries = job.entries();
    if (!entries.containsKey("steps")) {
      findings.required(job.place(), "the job has no steps", "Add steps: with a list.");
    }
    return JobDefinition.builder(name, origin, fingerprint(job))
        .description(
            entries.containsKey("description")
                ? Values.text(entries.get("description"), "description", findings)
                    .map(Values::oneLine)
                    .orElse("")
                : "")
        .on(
            entries.containsKey("on")
                ? new TriggerParser(new TriggerSyntax(), findings::add).list(entries.get("on"))
                : List.of())
        .inputs(inputs(entries.get("inputs"), findings))
        .timeout(timeout(entries.get("timeout"), findings))
        .retries(retries(entries.get("retries"), findings))
        .priority(priority(entries.get("priority"), findings))
        .steps(steps(entries.get("steps"), findings))
        .then(then(entries.get("then"), findings))
        .build();
  }

  private List<StepSpec> steps(Node node, Findings findings) {
    return node == null ? List.of() : new StepReader(types, texts, findings).read(node);
  }

  private static Map<String, JobInput> inputs(Node node, Findings findings) {
    return node == null ? Map.of() : new InputReader(findings).read(node);
  }

  private static Duration timeout(Node node, Findings findings) {
    return node == null
        ? JobDefinition.DEFAULT_TIMEOUT
        : Values.timeout(node, findings).orElse(JobDefinition.DEFAULT_TIMEOUT);
  }

  private static Retries retries(Node node, Findings findings) {
    if (node == null) {
      return Retries.NONE;
    }
    var mapping = Values.mapping(node, "retries", findings);
    if (mapping.isEmpty()) {
      return Retries.NONE;
    }
    findings.unknownKeys(mapping.get(), RETRIES_KEYS, "retries");
    var max = mapping.get().entries().get("max");
    var backoff = mapping.get().entries().get("backoff");
    return new Retries(
        max == null ? 0 : Values.whole(max, "retries.max", 0, 10, findings).orElse(0),
        backoff == null ? DEFAULT_RETRIES.backoff() : backoff(backoff, findings));
  }

  private static Duration backoff(Node node, Findings findings) {
    var text = node instanceof Node.Scalar scalar ? scalar.text() : "";
    var backoff = Quantities.duration(text);
    if (backoff.isEmpty()) {
      findings.type(node, "retries.backoff", "a duration such as 500ms or 5s");
    } else if (backoff.get().compareTo(MAX_BACKOFF) > 0) {
      findings.add(
          Codes.CONFIG_RANGE,
          node.place(),
          "retries.backoff must be 0ms–1h, but is " + text,
          "Choose a shorter one.");
    }
    return backoff.orElse(Duration.ZERO);
  }

  private static Priority priority(Node node, Findings findings) {
    if (node == null) {
      return Priority.NORMAL;
    }
    var words = List.of("high", "normal", "low");
    var word = Values.text(node, "priority", findings);
    if (word.isPresent() && !words.contains(word.get())) {
      findings.add(
          Codes.CONFIG_RANGE,
          node.place(),
          "priority must be high, normal or low, but is " + word.get(),
          Nearest.sentence(word.get(), words, "Use one of them."));
      return Priority.NORMAL;
    }
    return word.map(text -> Priority.valueOf(text.toUpperCase(Locale.ROOT)))
        .orElse(Priority.NORMAL);
  }

  private static List<String> then(Node node, Findings findings) {
    if (node == null) {
      return List.of();
    }
    var names = Values.texts(node, "then", findings);
    for (var name : names) {
      if (!JobDefinition.isName(name)) {
        findings.add(
            Codes.JOB_NAME_INVALID,
            node.place(),
            name + " is not a valid job name",
            "See gitvan job list.");
      }
    }
    return names;
  }

  private String fingerprint(Node node) {
    try {
      var content = documents.toJson(node.value()).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
