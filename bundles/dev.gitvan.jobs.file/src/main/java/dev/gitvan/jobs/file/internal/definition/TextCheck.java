package dev.gitvan.jobs.file.internal.definition;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Place;
import dev.gitvan.template.Templates.TemplateSet;
import java.util.List;
import java.util.function.Supplier;

/** Checks the syntax of strings that are templates, and of expressions, with the default engine. */
public final class TextCheck {
  private final Supplier<TemplateSet> templates;

  /**
   * @param templates asked only when there is a string to check
   */
  public TextCheck(Supplier<TemplateSet> templates) {
    this.templates = templates;
  }

  void template(Place place, String text, Findings findings) {
    check(place, text, false, findings);
  }

  void expression(Place place, String text, Findings findings) {
    check(place, text, true, findings);
  }

  private void check(Place place, String text, boolean expression, Findings findings) {
    try {
      List<Problem> problems = templates.get().checkText(place.toString(), text, expression);
      for (var problem : problems) {
        // The engine counts lines within the text; where the text stands is worth more.
        findings.add(problem.code(), place, problem.what(), problem.remedy());
      }
    } catch (GitVanException e) {
      findings.add(e.problem());
    }
  }
}
