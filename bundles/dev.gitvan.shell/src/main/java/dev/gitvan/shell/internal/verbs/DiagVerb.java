package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console.Style;
import dev.gitvan.command.Console.Verbosity;
import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.shell.internal.diag.CheckResult;
import dev.gitvan.shell.internal.diag.FindingTree;
import dev.gitvan.shell.internal.diag.HealthChecks;
import dev.gitvan.shell.internal.diag.SystemCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import picocli.CommandLine.Command;

/** {@code gitvan diag}: what in the running system does not work, why, and what to do. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "diag", description = "Show what does not work in the running system, and why")
@Command(
    name = "diag",
    description = {
      "Show what does not work in the running system: files that are not bundles, bundles that are"
          + " not resolved or stopped, components that wait for a service or cannot be started,"
          + " contributions that a registry rejected, health checks that are not healthy, and a"
          + " repository that cannot be opened. What a killed command left in the repository is"
          + " finished first.",
      "Each cause is followed by the next step and by what does not work because of it. -v prints"
          + " the stack traces.",
      "Exits with status 1 if there are findings."
    })
public final class DiagVerb extends VerbSupport implements Callable<Integer> {
  private final SystemCheck check;
  private final HealthChecks healthChecks;

  @Activate
  public DiagVerb(
      BundleContext context,
      @Reference ServiceComponentRuntime components,
      @Reference List<RejectionSource> sources,
      @Reference HealthChecks healthChecks) {
    this.check = new SystemCheck(context, components, sources);
    this.healthChecks = healthChecks;
  }

  @Override
  public Integer call() {
    var checks = healthChecks.run();
    var problems = check.run(checks, repositoryProblem());
    var replacements = check.replacements();
    boolean well = problems.isEmpty();
    if (console().json()) {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("well", well);
      fields.put("problems", problems.stream().map(FindingTree::toMap).toList());
      fields.put("replacements", replacements.stream().map(DiagVerb::fields).toList());
      fields.put("checks", checks.stream().map(CheckResult::toMap).toList());
      console().json("gitvan.diag.v1", fields);
    } else {
      if (well) {
        printWell(checks.size());
      }
      problems.forEach(problem -> print(problem, 0));
      replacements.forEach(this::print);
      checks.stream().filter(CheckResult::isHealthy).forEach(this::print);
    }
    return well ? ExitStatus.OK : ExitStatus.FAILED;
  }

  /** Why there is no access to the repository. Opening it finishes what a killed command left. */
  private Optional<Problem> repositoryProblem() {
    try {
      invocation().worktree();
      return Optional.empty();
    } catch (GitVanException e) {
      boolean isThere = !e.code().equals(Codes.REPO_NOT_FOUND);
      return Optional.of(e.problem()).filter(problem -> isThere);
    }
  }

  private void printWell(int checks) {
    line(
        0,
        console().styled(Style.GOOD, "all well")
            + ": "
            + check.bundles()
            + " bundles, "
            + check.components()
            + " components, "
            + checks
            + (checks == 1 ? " health check" : " health checks"));
  }

  private void print(Rejection replaced) {
    line(
        0,
        console()
                .styled(
                    Style.WARNING,
                    clean(replaced.registry() + " " + replaced.contribution()) + " is replaced")
            + ": "
            + clean(replaced.reason())
            + ".");
  }

  private static Map<String, Object> fields(Rejection replaced) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("kind", replaced.registry());
    fields.put("name", replaced.contribution());
    fields.put("bundle", replaced.bundle());
    fields.put("reason", replaced.reason());
    return fields;
  }

  private void print(CheckResult healthy) {
    var name = console().styled(Style.GOOD, "health check " + clean(healthy.name()));
    line(0, name + " " + clean(healthy.words()) + ".");
  }

  private void print(FindingTree tree, int depth) {
    var finding = tree.finding();
    var style = depth == 0 ? Style.BAD : Style.WARNING;
    line(depth, console().styled(style, clean(finding.name())) + " " + clean(finding.what()) + ".");
    for (var detail : finding.details()) {
      line(depth + 1, sentence(clean(detail)));
    }
    if (!finding.remedy().isEmpty()) {
      line(depth + 1, console().styled(Style.HEADING, "To do:") + " " + clean(finding.remedy()));
    }
    if (console().verbosity() == Verbosity.VERBOSE) {
      finding.trace().lines().forEach(frame -> line(depth + 1, clean(frame)));
    }
    if (!tree.consequences().isEmpty()) {
      int below = depth == 0 ? 2 : depth + 1;
      if (depth == 0) {
        line(1, "Consequences:");
      }
      tree.consequences().forEach(consequence -> print(consequence, below));
    }
  }

  private void line(int depth, String text) {
    console().out().println("  ".repeat(depth) + text);
  }

  private static String sentence(String text) {
    var end = text.endsWith(".") || text.endsWith("?") ? "" : ".";
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + end;
  }

  /** Names and messages may come from anybody. */
  private static String clean(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
