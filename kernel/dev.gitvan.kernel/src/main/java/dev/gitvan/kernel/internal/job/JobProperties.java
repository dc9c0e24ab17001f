package dev.gitvan.kernel.internal.job;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.event.JobTrigger;
import dev.gitvan.event.TriggerParser;
import dev.gitvan.event.TriggerParser.SyntaxCheck;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobInput;
import dev.gitvan.job.JobOrigin;
import dev.gitvan.job.Priority;
import dev.gitvan.job.Retries;
import dev.gitvan.job.spi.Job;
import dev.gitvan.kernel.internal.Digests;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.Properties;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads a bundle's job from its properties; see {@link dev.gitvan.job.spi.GitVanJob}. */
final class JobProperties {
  private static final String PREFIX = "gitvan.job.";
  private static final int MAX_RETRIES = 10;

  private final Documents documents;

  JobProperties(Documents documents) {
    this.documents = documents;
  }

  JobDefinition read(Offer<Job> offer) throws InvalidExtensionException {
    var properties = new Properties(offer.properties(), PREFIX);
    var name = properties.text("name", "");
    if (name.isEmpty()) {
      throw new InvalidExtensionException(
          "NAME_MISSING", "gitvan.job.name is missing; use the annotation @GitVanJob");
    }
    if (!JobDefinition.isName(name)) {
      throw new InvalidExtensionException(
          "NAME_INVALID",
          name + " is not a job name: use letters, digits and . _ - in parts separated by colons");
    }
    var retries = properties.number("retries", 0, 0, MAX_RETRIES, "RETRIES_INVALID");
    var backoff = properties.duration("backoff", Duration.ofSeconds(1), true, "BACKOFF_INVALID");
    var timeout =
        properties.duration("timeout", JobDefinition.DEFAULT_TIMEOUT, false, "TIMEOUT_INVALID");
    var origin = new JobOrigin(JobOrigin.Kind.BUNDLE, offer.bundle());
    return JobDefinition.builder(name, origin, fingerprint(offer))
        .description(properties.text("description", ""))
        .on(triggers(properties))
        .inputs(inputs(properties))
        .timeout(timeout)
        .retries(retries == 0 ? Retries.NONE : new Retries(retries, backoff))
        .priority(priority(properties.text("priority", "normal")))
        .then(then(properties))
        .version(offer.version().toString())
        .build();
  }

  private List<JobTrigger> triggers(Properties properties) throws InvalidExtensionException {
    var on = new ArrayList<JobTrigger>();
    for (var text : properties.texts("on")) {
      var problems = new ArrayList<Problem>();
      try {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var entry = documents.parse(bytes, PREFIX + "on", Documents.Syntax.YAML);
        new TriggerParser(SyntaxCheck.NONE, problems::add).entry(entry).ifPresent(on::add);
      } catch (GitVanException e) {
        problems.add(e.problem());
      }
      if (!problems.isEmpty()) {
        var problem = problems.get(0);
        throw new InvalidExtensionException(
            "ON_INVALID",
            "gitvan.job.on is " + text + ": " + problem.what() + ". " + problem.remedy());
      }
    }
    return on;
  }

  private Map<String, JobInput> inputs(Properties properties) throws InvalidExtensionException {
    var inputs = new LinkedHashMap<String, JobInput>();
    for (var text : properties.texts("inputs")) {
      int equals = text.indexOf('=');
      var name = equals < 0 ? "" : text.substring(0, equals).strip();
      if (name.isEmpty() || inputs.containsKey(name)) {
        throw new InvalidExtensionException(
            "INPUT_INVALID",
            "gitvan.job.inputs has " + text + "; each must be name=value, with each name once");
      }
      inputs.put(name, JobInput.of(documents.scalar(text.substring(equals + 1))));
    }
    for (var name : properties.texts("secrets")) {
      var input = inputs.get(name);
      if (input == null || input.defaultValue() != null && !"".equals(input.defaultValue())) {
        throw new InvalidExtensionException(
            "SECRETS_INVALID",
            "gitvan.job.secrets has " + name + ", which is not an input with an empty default");
      }
      inputs.put(name, JobInput.builder().secret(true).build());
    }
    return inputs;
  }

  private static Priority priority(String text) throws InvalidExtensionException {
    try {
      return Priority.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new InvalidExtensionException(
          "PRIORITY_INVALID",
          "gitvan.job.priority is " + text + "; it must be high, normal or low");
    }
  }

  private static List<String> then(Properties properties) throws InvalidExtensionException {
    var then = properties.texts("then").stream().map(String::strip).toList();
    for (var name : then) {
      if (!JobDefinition.isName(name)) {
        throw new InvalidExtensionException(
            "THEN_INVALID", "gitvan.job.then has " + name + ", which is not a job name");
      }
    }
    return then;
  }

  /** What the job is, not which process it is in: no service id, bundle id or ranking. */
  private String fingerprint(Offer<Job> offer) {
    var content = new TreeMap<String, Object>();
    offer
        .properties()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX)) {
                content.put(key, Digests.sorted(value));
              }
            });
    content.put("bundle", offer.bundle());
    return Digests.sha256(documents.toJson(content));
  }
}
