package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.template.Templates.TemplateSet;
import dev.gitvan.template.internal.frontmatter.FrontMatter;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Text;
import dev.gitvan.template.internal.frontmatter.FrontMatterReader;
import java.util.ArrayList;
import java.util.List;

/** Checks one template's front matter. */
final class TemplateCheck {
  private final TemplateSet templates;
  private final Documents documents;

  TemplateCheck(TemplateSet templates, Documents documents) {
    this.templates = templates;
    this.documents = documents;
  }

  /** Everything that is wrong with the front matter, and with the templates in it. */
  List<Problem> frontMatter(FileTemplateLoader loader, String name) {
    try {
      var head = loader.current(name);
      var read = FrontMatterReader.read(documents, head.frontMatter(), name);
      var problems = new ArrayList<>(read.problems());
      problems.addAll(texts(read.frontMatter()));
      return problems;
    } catch (GitVanException e) {
      // The engine finds the same error, and reports it.
      return List.of();
    }
  }

  private List<Problem> texts(FrontMatter frontMatter) {
    var problems = new ArrayList<Problem>();
    frontMatter.when().ifPresent(when -> check(when, true, problems));
    frontMatter.to().forEach(to -> check(to, false, problems));
    for (var injection : frontMatter.injections()) {
      check(injection.into(), false, problems);
      injection.markers().forEach(marker -> check(marker, false, problems));
    }
    return problems;
  }

  private void check(Text text, boolean expression, List<Problem> problems) {
    var place = text.place().toString();
    for (var problem : templates.checkText(place, text.text(), expression)) {
      // The engine counts lines within the text; where the text stands is worth more.
      problems.add(problem.at(place));
    }
  }
}
