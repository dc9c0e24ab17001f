package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console.Verbosity;
import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.config.Configurations;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.template.Templates;
import dev.gitvan.template.Templates.Overwrite;
import dev.gitvan.template.Templates.Rendered;
import dev.gitvan.template.Templates.TemplateListing;
import dev.gitvan.template.Templates.TemplateSet;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gitvan template}: templates by themselves. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "template", description = "Render, check and apply templates")
@Command(name = "template", description = "Render, check and apply templates.")
public final class TemplateVerb extends VerbSupport {
  private final Templates templates;
  private final Configurations configurations;
  private final InputValues values;

  @Activate
  public TemplateVerb(
      @Reference Templates templates,
      @Reference Configurations configurations,
      @Reference dev.gitvan.document.Documents documents) {
    this.templates = templates;
    this.configurations = configurations;
    this.values = new InputValues(documents);
  }

  @Command(
      name = "render",
      description = {
        "Render a template to standard output or to a file in the worktree.",
        "The template reads git, now, env and the data given here."
      })
  int render(
      @Mixin TemplateInput input,
      @Option(
              names = "--out",
              paramLabel = "PATH",
              description = "write to this file in the worktree")
          String out,
      @Option(names = "--force", description = "with --out: replace also what is not committed")
          boolean force) {
    if (force && out == null) {
      throw GitVanException.of(
          Codes.USAGE, "gitvan template render --force", "there is no --out", "Add --out PATH.");
    }
    return with(
        input,
        false,
        (set, data) ->
            out == null
                ? print(set, input.file, data)
                : write(set, input.file, data, out, force ? Overwrite.ANY : Overwrite.RECOVERABLE));
  }

  @Command(
      name = "plan",
      description = {
        "Show what a template's front matter would do to files, as a diff.",
        "No file is changed."
      })
  int plan(@Mixin TemplateInput input) {
    return with(
        input,
        true,
        (set, data) -> {
          new PlanPrinter(console(), input.file).planned(set.plan(input.file, data));
          return ExitStatus.OK;
        });
  }

  @Command(
      name = "apply",
      description = {
        "Render a template and write, append or inject it as its front matter says.",
        "If anything fails, no file is changed."
      })
  int apply(@Mixin TemplateInput input) {
    return with(
        input,
        false,
        (set, data) -> {
          new PlanPrinter(console(), input.file).applied(set.apply(input.file, data));
          return ExitStatus.OK;
        });
  }

  /** What is done with a template and its data. */
  private interface Action {
    int run(TemplateSet set, Map<String, Object> data);
  }

  private int with(TemplateInput input, boolean dryRun, Action action) {
    var worktree = invocation().worktree();
    var configuration = configurations.load(worktree);
    var set = templates.open(worktree, configuration, dryRun);
    var environment = invocation().environment();
    var now = InputValues.now(environment);
    try (var base = templates.data(worktree, configuration, now, environment)) {
      var data = new LinkedHashMap<String, Object>(base.map());
      data.putAll(values.read(invocation(), input.dataFile));
      data.putAll(values.pairs("-d", input.pairs));
      return action.run(set, data);
    }
  }

  private int print(TemplateSet set, String file, Map<String, Object> data) {
    var writer =
        new BufferedWriter(new OutputStreamWriter(console().data(), StandardCharsets.UTF_8));
    try {
      var rendered = set.render(file, data, writer);
      writer.flush();
      tell(file, rendered);
    } catch (IOException e) {
      throw FileProblem.of(e, Path.of("standard output")).toException(e);
    }
    return ExitStatus.OK;
  }

  private void tell(String file, Rendered rendered) {
    if (console().verbosity() == Verbosity.VERBOSE) {
      console()
          .progress(
              rendered.isCached()
                  ? file + ": cached (" + rendered.tier() + ")"
                  : file + ": rendered");
    }
  }

  private int write(
      TemplateSet set, String file, Map<String, Object> data, String out, Overwrite overwrite) {
    var written = set.write(file, data, out, overwrite);
    if (console().json()) {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("path", written.artifact().path());
      fields.put("sha256", written.artifact().sha256());
      fields.put("bytes", written.artifact().bytes());
      fields.put("changed", written.changed());
      fields.put("cached", written.rendered().isCached());
      console().json("gitvan.output.v1", fields);
    } else {
      console().progress((written.changed() ? "wrote " : "nothing changed in ") + out);
      tell(file, written.rendered());
    }
    return ExitStatus.OK;
  }

  @Command(name = "list", description = "List the templates and their engines.")
  int list() {
    var worktree = invocation().worktree();
    var listings = templates.open(worktree, configurations.load(worktree)).list();
    if (console().json()) {
      console()
          .json(
              "gitvan.templates.v1",
              Map.of("templates", listings.stream().map(TemplateVerb::fields).toList()));
      return ExitStatus.OK;
    }
    if (listings.isEmpty()) {
      console().progress("no templates; gitvan init writes one");
      return ExitStatus.OK;
    }
    var rows = new ArrayList<List<String>>();
    listings.forEach(listing -> rows.add(List.of(listing.name(), listing.engine())));
    console().table(List.of("template", "engine"), rows);
    return ExitStatus.OK;
  }

  @Command(name = "check", description = "Compile one template, or all, and report every error.")
  int check(
      @Parameters(arity = "0..1", paramLabel = "FILE", description = "one template; default: all")
          String file) {
    var worktree = invocation().worktree();
    var set = templates.open(worktree, configurations.load(worktree));
    var problems = set.check(file);
    if (console().json()) {
      console()
          .json(
              "gitvan.problems.v1",
              Map.of("problems", problems.stream().map(Problem::toMap).toList()));
    } else if (problems.isEmpty()) {
      console().out().println(file == null ? "every template compiles" : file + " compiles");
    } else {
      problems.forEach(problem -> console().problem(problem, null));
    }
    return status(problems);
  }

  /** Of several problems, that of a wrong template: that one is missing may be its mistake. */
  private static int status(List<Problem> problems) {
    return problems.stream()
        .mapToInt(Problem::exitStatus)
        .reduce((one, other) -> one == other ? one : ExitStatus.USER)
        .orElse(ExitStatus.OK);
  }

  private static Map<String, Object> fields(TemplateListing listing) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("name", listing.name());
    fields.put("engine", listing.engine());
    return fields;
  }
}
