package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console.Style;
import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.config.Configuration;
import dev.gitvan.config.Configurations;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.job.JobListing;
import dev.gitvan.job.JobRegistry;
import dev.gitvan.job.StepCatalog;
import dev.gitvan.job.StepSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;

/** {@code gitvan config}: the merged configuration. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "config", description = "Show and check the configuration")
@Command(name = "config", description = "Show and check the configuration of the repository.")
public final class ConfigVerb extends VerbSupport {
  /** Absent, the schema has no step types. */
  @Reference(
      target = "(!(gitvan.shared.present=false))",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile StepCatalog steps;

  private final Configurations configurations;
  private final JobRegistry jobs;
  private final Documents documents;

  @Activate
  public ConfigVerb(
      @Reference Configurations configurations,
      @Reference JobRegistry jobs,
      @Reference Documents documents) {
    this.configurations = configurations;
    this.jobs = jobs;
    this.documents = documents;
  }

  @Command(
      name = "show",
      description = "Show every setting, its value, and the file and line that sets it.")
  int show() {
    var settings = configurations.load(invocation().worktree()).settings();
    if (console().json()) {
      console()
          .json(
              "gitvan.config.v1",
              Map.of("settings", settings.stream().map(ConfigVerb::fields).toList()));
      return ExitStatus.OK;
    }
    var rows = new ArrayList<List<String>>();
    for (var setting : settings) {
      rows.add(
          List.of(
              setting.path(),
              setting.value() instanceof String text ? text : documents.toJson(setting.value()),
              setting.origin().equals("default")
                  ? console().styled(Style.FAINT, setting.origin())
                  : setting.origin()));
    }
    console().table(List.of("setting", "value", "from"), rows);
    return ExitStatus.OK;
  }

  @Command(
      name = "validate",
      description = "Check the configuration files and every job; report all problems.")
  int validate() {
    var worktree = invocation().worktree();
    var validation = configurations.validate(worktree);
    var errors = new ArrayList<>(validation.errors());
    var inactive = new ArrayList<String>();
    if (errors.isEmpty()) {
      var listings = jobs.list(worktree);
      var missing = new MissingJobs(listings);
      listings.forEach(listing -> errors.addAll(missing.problems(listing)));
      Inactive.all(
              listings.stream().map(JobListing::definition).filter(Objects::nonNull),
              configurations.load(worktree).hooks().keySet())
          .forEach(inactive::add);
    }
    if (console().json()) {
      console()
          .json(
              "gitvan.problems.v1",
              Map.of(
                  "problems",
                  maps(errors),
                  "warnings",
                  maps(validation.warnings()),
                  "inactive",
                  inactive));
    } else {
      errors.forEach(problem -> console().problem(problem, null));
      validation.warnings().forEach(warning -> console().problem(warning, null));
      inactive.forEach(console()::progress);
      if (errors.isEmpty()) {
        console().out().println("the configuration is valid");
      }
    }
    return errors.isEmpty() ? ExitStatus.OK : ExitStatus.USER;
  }

  private static List<Map<String, Object>> maps(List<Problem> problems) {
    return problems.stream().map(Problem::toMap).toList();
  }

  @Command(
      name = "schema",
      description = "Print the JSON Schema of gitvan.yaml, with all step types.")
  int schema() {
    var catalog = steps;
    var types = catalog == null ? Map.<String, StepSchema>of() : catalog.schemas();
    console().out().println(configurations.schema(types).stripTrailing());
    return ExitStatus.OK;
  }

  @Command(
      name = "path",
      description = "Print the configuration files in the order in which they are merged.")
  int path() {
    var files = configurations.files(invocation().worktree());
    if (console().json()) {
      console()
          .json("gitvan.paths.v1", Map.of("paths", files.stream().map(Object::toString).toList()));
    } else if (files.isEmpty()) {
      console().progress("no configuration file; gitvan init writes one");
    } else {
      files.forEach(console().out()::println);
    }
    return ExitStatus.OK;
  }

  private static Map<String, Object> fields(Configuration.Value setting) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("path", setting.path());
    fields.put("value", setting.value());
    fields.put("origin", setting.origin());
    return fields;
  }
}
