package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console;
import dev.gitvan.command.Console.Style;
import dev.gitvan.template.PlanResult;
import dev.gitvan.template.PlanResult.Change;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints what a template's plan would do, or did. */
final class PlanPrinter {
  private final Console console;
  private final String template;

  PlanPrinter(Console console, String template) {
    this.console = console;
    this.template = template;
  }

  /** The diffs on standard output, the rest on standard error: the output is a patch. */
  void planned(PlanResult result) {
    if (console.json()) {
      json(result, false);
      return;
    }
    for (var change : result.changes()) {
      if (change.action().isChanging()) {
        DiffPrinter.print(console, change.diff());
      } else {
        console.progress(change.action() + " " + change.path());
      }
    }
    skipped(result);
  }

  /** A line for each file. */
  void applied(PlanResult result) {
    if (console.json()) {
      json(result, true);
      return;
    }
    for (var change : result.changes()) {
      var style = change.action().isChanging() ? Style.GOOD : Style.FAINT;
      var action = String.format("%-9s", change.action());
      console.out().println(console.styled(style, action) + " " + change.path());
    }
    console.out().flush();
    skipped(result);
  }

  private void skipped(PlanResult result) {
    if (!result.skipped().isEmpty()) {
      console.progress("skipped " + template + ", " + result.skipped());
    }
  }

  private void json(PlanResult result, boolean applied) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("template", template);
    fields.put("applied", applied);
    fields.put("skipped", result.skipped());
    fields.put("changes", result.changes().stream().map(PlanPrinter::fields).toList());
    console.json("gitvan.plan.v1", fields);
  }

  private static Map<String, Object> fields(Change change) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("path", change.path());
    fields.put("action", change.action().toString());
    change
        .artifact()
        .ifPresent(
            artifact -> {
              fields.put("sha256", artifact.sha256());
              fields.put("bytes", artifact.bytes());
            });
    if (!change.diff().isEmpty()) {
      fields.put("diff", change.diff());
    }
    return fields;
  }
}
