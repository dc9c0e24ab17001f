package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console.Style;
import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.event.JobTrigger;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobInput;
import dev.gitvan.job.JobListing;
import dev.gitvan.job.JobOrigin;
import dev.gitvan.job.JobRegistry;
import dev.gitvan.job.StepSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gitvan job}: the jobs of a repository and of bundles. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "job", description = "List, show and validate jobs")
@Command(
    name = "job",
    description = "List, show and validate jobs from the repository's files and from bundles.")
public final class JobVerb extends VerbSupport {
  private final JobRegistry jobs;
  private final Documents documents;

  @Activate
  public JobVerb(@Reference JobRegistry jobs, @Reference Documents documents) {
    this.jobs = jobs;
    this.documents = documents;
  }

  @Command(
      name = "list",
      description = {
        "List all jobs and their sources.",
        "A job of the repository hides a job of a bundle with the same name."
      })
  int list(
      @Option(names = "--names", hidden = true, description = "print names only") boolean names) {
    var listings = jobs.list(invocation().worktree());
    if (names) {
      listings.forEach(listing -> console().out().println(listing.name()));
    } else if (console().json()) {
      console()
          .json("gitvan.jobs.v1", Map.of("jobs", listings.stream().map(JobVerb::fields).toList()));
    } else if (listings.isEmpty()) {
      console().progress("no jobs; gitvan init writes one");
    } else {
      console()
          .table(List.of("job", "from", "description"), listings.stream().map(this::row).toList());
    }
    return ExitStatus.OK;
  }

  private List<String> row(JobListing listing) {
    if (listing.definition() == null) {
      var problem = listing.problem();
      return List.of(
          listing.name(),
          problem.place(),
          console().styled(Style.BAD, problem.code().name()) + " " + problem.what());
    }
    var from = new StringBuilder(text(listing.definition().origin()));
    listing.hidden().forEach(hidden -> from.append(", hides ").append(text(hidden)));
    return List.of(
        listing.name(),
        console().styled(Style.FAINT, from.toString()),
        listing.definition().description());
  }

  @Command(name = "show", description = "Show what a job does and where it is defined.")
  int show(@Parameters(paramLabel = "JOB", description = "name of the job") String job) {
    var definition = jobs.find(invocation().worktree(), job);
    if (console().json()) {
      console().json("gitvan.job.v1", fields(definition));
      return ExitStatus.OK;
    }
    var out = console().out();
    out.println(console().styled(Style.HEADING, definition.name()));
    if (!definition.description().isEmpty()) {
      out.println(definition.description());
    }
    line("from", text(definition.origin()));
    line("version", definition.version());
    line("timeout", Quantities.format(definition.timeout()));
    line("priority", definition.priority().name().toLowerCase(Locale.ROOT));
    if (definition.retries().max() > 0) {
      line(
          "retries",
          definition.retries().max()
              + ", the first after "
              + Quantities.format(definition.retries().backoff()));
    }
    definition.inputs().forEach((name, input) -> line("input", name + describe(input)));
    definition.on().forEach(trigger -> line("on", json(trigger.toMap())));
    definition.steps().forEach(this::show);
    definition.then().forEach(next -> line("then", next));
    Inactive.triggers(definition).ifPresent(console()::progress);
    return ExitStatus.OK;
  }

  /** A step with everything that was written about it, each key on a line. */
  private void show(StepSpec step) {
    var label = step.label().isEmpty() ? "" : step.label() + ": ";
    line("step", label + step.type() + " " + json(step.value().value()));
    if (!step.condition().isEmpty()) {
      line("", "when: " + step.condition());
    }
    step.options().forEach((name, value) -> line("", name + ": " + json(value.value())));
    if (!step.env().isEmpty()) {
      line("", "env: " + json(step.env()));
    }
    if (!step.secrets().isEmpty()) {
      line("", "secrets: " + String.join(", ", step.secrets()));
    }
    if (step.timeout() != null) {
      line("", "timeout: " + Quantities.format(step.timeout()));
    }
  }

  /** Such as {@code = "low" (string; one of "low", "high"): The level}. */
  private String describe(JobInput input) {
    var traits = new ArrayList<String>();
    if (input.type() != JobInput.Type.ANY) {
      traits.add(input.type().toString());
    }
    if (input.required()) {
      traits.add("required");
    }
    if (input.secret()) {
      traits.add("secret");
    }
    if (!input.choices().isEmpty()) {
      traits.add(
          "one of " + input.choices().stream().map(this::json).collect(Collectors.joining(", ")));
    }
    var unset = input.defaultValue() == null && !traits.isEmpty();
    return (unset ? "" : " = " + json(input.defaultValue()))
        + (traits.isEmpty() ? "" : " (" + String.join("; ", traits) + ")")
        + (input.description().isEmpty() ? "" : ": " + input.description());
  }

  private void line(String name, String value) {
    console()
        .out()
        .println("  " + console().styled(Style.FAINT, String.format("%-9s", name)) + " " + value);
  }

  private String json(Object value) {
    return documents.toJson(value);
  }

  @Command(name = "validate", description = "Report every error in one job, or in all jobs.")
  int validate(
      @Parameters(arity = "0..1", paramLabel = "JOB", description = "one job; default: all")
          String job) {
    var listings = jobs.list(invocation().worktree());
    var chosen =
        listings.stream().filter(listing -> job == null || listing.name().equals(job)).toList();
    if (job != null && chosen.isEmpty()) {
      throw GitVanException.of(
          Codes.JOB_NOT_FOUND,
          job,
          "there is no such job",
          Nearest.sentence(
              job, listings.stream().map(JobListing::name).toList(), "See gitvan job list."));
    }
    var missing = new MissingJobs(listings);
    var problems = chosen.stream().flatMap(l -> missing.problems(l).stream()).toList();
    if (console().json()) {
      console()
          .json(
              "gitvan.problems.v1",
              Map.of("problems", problems.stream().map(Problem::toMap).toList()));
    } else if (problems.isEmpty()) {
      console()
          .out()
          .println(
              chosen.size() == 1
                  ? chosen.get(0).name() + " is valid"
                  : chosen.size() + " jobs are valid");
    } else {
      problems.forEach(problem -> console().problem(problem, null));
    }
    return problems.isEmpty() ? ExitStatus.OK : problems.get(0).exitStatus();
  }

  private static String text(JobOrigin origin) {
    return origin.kind() == JobOrigin.Kind.BUNDLE
        ? "bundle " + origin.location()
        : origin.location();
  }

  private static Map<String, Object> fields(JobListing listing) {
    var fields = new LinkedHashMap<String, Object>();
    var definition = listing.definition();
    fields.put("name", listing.name());
    fields.put("description", definition == null ? "" : definition.description());
    fields.put("origin", definition == null ? null : fields(definition.origin()));
    fields.put("hidden", listing.hidden().stream().map(JobVerb::fields).toList());
    fields.put("valid", listing.isValid());
    fields.put("problems", listing.problems().stream().map(Problem::toMap).toList());
    return fields;
  }

  private static Map<String, Object> fields(JobOrigin origin) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("kind", origin.kind().name().toLowerCase(Locale.ROOT));
    fields.put("location", origin.location());
    return fields;
  }

  private static Map<String, Object> fields(JobDefinition definition) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("name", definition.name());
    fields.put("description", definition.description());
    fields.put("origin", fields(definition.origin()));
    fields.put("on", definition.on().stream().map(JobTrigger::toMap).toList());
    var inputs = new LinkedHashMap<String, Object>();
    definition.inputs().forEach((name, input) -> inputs.put(name, input.toMap()));
    fields.put("inputs", inputs);
    fields.put("timeout", Quantities.format(definition.timeout()));
    var retries = new LinkedHashMap<String, Object>();
    retries.put("max", definition.retries().max());
    retries.put("backoff", Quantities.format(definition.retries().backoff()));
    fields.put("retries", retries);
    fields.put("priority", definition.priority().name().toLowerCase(Locale.ROOT));
    var steps = new ArrayList<Map<String, Object>>();
    definition.steps().forEach(step -> steps.add(fields(step)));
    fields.put("steps", steps);
    fields.put("then", definition.then());
    fields.put("version", definition.version());
    fields.put("fingerprint", definition.fingerprint());
    return fields;
  }

  private static Map<String, Object> fields(StepSpec step) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("type", step.type());
    fields.put("name", step.displayName());
    fields.put("place", step.place().toString());
    fields.put("value", step.value().value());
    fields.put("when", step.condition());
    var options = new LinkedHashMap<String, Object>();
    step.options().forEach((name, value) -> options.put(name, value.value()));
    fields.put("options", options);
    fields.put("env", step.env());
    fields.put("secrets", step.secrets());
    fields.put("timeout", step.timeout() == null ? null : Quantities.format(step.timeout()));
    return fields;
  }
}
