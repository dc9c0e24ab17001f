package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.Templates.TemplateSet;
import dev.gitvan.template.internal.frontmatter.FrontMatter;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Injection;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Text;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Finds out what front matter means for certain data. */
final class Planner {
  private final TemplateSet templates;
  private final WorktreeId worktree;
  private final Function<OutputPath, OutputFile> writing;

  /**
   * @param writing how an output is written
   */
  Planner(TemplateSet templates, WorktreeId worktree, Function<OutputPath, OutputFile> writing) {
    this.templates = templates;
    this.worktree = worktree;
    this.writing = writing;
  }

  /** Whether the plan is to be followed. */
  boolean holds(FrontMatter frontMatter, Map<String, ?> data) {
    return frontMatter
        .when()
        .map(
            when ->
                Placed.at(
                    when.place(),
                    when.place().toString(),
                    () -> templates.test(when.place().toString(), when.text(), data)))
        .orElse(true);
  }

  /** The files, each with what is done to it, in the order in which the plan names them. */
  Collection<PlannedFile> files(FrontMatter frontMatter, Map<String, ?> data) {
    var files = new LinkedHashMap<String, PlannedFile>();
    for (var to : frontMatter.to()) {
      var output = output(to, data, "to");
      var file = new PlannedFile(writing.apply(output));
      if (files.putIfAbsent(output.toString(), file) != null) {
        throw GitVanException.of(
            Codes.OUTPUT_DUPLICATE,
            to.place().toString(),
            "to names " + output + " twice",
            "Remove one, or use a value that differs.");
      }
      file.add(new PlannedFile.Write(to.place(), frontMatter.force()));
    }
    for (var injection : frontMatter.injections()) {
      var output = output(injection.into(), data, "into");
      files
          .computeIfAbsent(output.toString(), path -> new PlannedFile(writing.apply(output)))
          .add(inject(injection, data));
    }
    return files.values();
  }

  private PlannedFile.Inject inject(Injection injection, Map<String, ?> data) {
    var markers =
        injection.markers().stream()
            .map(marker -> new Text(marker.place(), rendered(marker, data, "a marker")))
            .toList();
    return new PlannedFile.Inject(injection.into().place(), injection.position(), markers);
  }

  private OutputPath output(Text text, Map<String, ?> data, String key) {
    var path = rendered(text, data, key).strip();
    return Placed.at(text.place(), path, () -> OutputPath.of(worktree, path));
  }

  private String rendered(Text text, Map<String, ?> data, String key) {
    var name = text.place().toString();
    var rendered =
        Placed.at(text.place(), name, () -> templates.renderText(name, text.text(), data));
    if (rendered.isBlank()) {
      throw GitVanException.of(
          Codes.CONFIG_REQUIRED,
          name,
          key + " is empty after rendering",
          "Check the variables in it.");
    }
    return rendered;
  }
}
