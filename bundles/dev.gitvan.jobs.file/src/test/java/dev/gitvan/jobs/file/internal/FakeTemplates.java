package dev.gitvan.jobs.file.internal;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.Artifact;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.PlanResult;
import dev.gitvan.template.PlanResult.Action;
import dev.gitvan.template.PlanResult.Change;
import dev.gitvan.template.TemplateData;
import dev.gitvan.template.Templates;
import dev.gitvan.testkit.FakeJobContext;
import dev.gitvan.testkit.FakeStepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Templates whose language is <code>{{ name }}</code>; an open brace is a syntax error. A plan is a
 * first line <code>to: PATH</code>.
 */
public final class FakeTemplates implements Templates {
  @Override
  public TemplateSet open(WorktreeId worktree, Configuration configuration, boolean dryRun) {
    return new Set(worktree);
  }

  @Override
  public TemplateData data(
      WorktreeId worktree,
      Configuration configuration,
      Instant now,
      Map<String, String> environment) {
    return new TemplateData() {
      @Override
      public Map<String, Object> map() {
        return Map.of("now", now, "git", Map.of("branch", "main"), "env", Map.of());
      }

      @Override
      public void close() {}
    };
  }

  private record Set(WorktreeId worktree) implements TemplateSet {
    @Override
    public Rendered render(String name, Map<String, ?> data, Writer out) throws IOException {
      out.write(render(name, data));
      return Rendered.NOW;
    }

    @Override
    public String render(String name, Map<String, ?> data) {
      try {
        var file = worktree.workTree().resolve(".gitvan/templates").resolve(name);
        return renderText(name, Files.readString(file), data);
      } catch (IOException e) {
        throw GitVanException.of(Codes.TEMPLATE_NOT_FOUND, name, "there is no template", "");
      }
    }

    @Override
    public String renderText(String name, String text, Map<String, ?> data) {
      if (text.contains("{{ fail }}")) {
        throw GitVanException.of(Codes.TEMPLATE_UNDEFINED, name, "fail is not defined", "");
      }
      return new FakeStepContext(new FakeJobContext(worktree, "x"), Map.of()).render(text, data);
    }

    @Override
    public boolean test(String name, String expression, Map<String, ?> data) {
      return renderText(name, "{{ " + expression + " }}", data).equals("true");
    }

    @Override
    public List<Problem> checkText(String name, String text, boolean expression) {
      return text.contains("{%") || expression && text.contains("(")
          ? List.of(new Problem(Codes.TEMPLATE_SYNTAX, name + ":1", "unclosed", "Close it."))
          : List.of();
    }

    @Override
    public List<TemplateListing> list() {
      return List.of();
    }

    @Override
    public List<Problem> check(String name) {
      return List.of();
    }

    @Override
    public Written write(String name, Map<String, ?> data, String path, Overwrite overwrite) {
      var text = render(name, data);
      try {
        var file = worktree.workTree().resolve(path);
        check(file, overwrite);
        boolean same = Files.exists(file) && Files.readString(file).equals(text);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return new Written(new Artifact(path, "", text.length()), !same, Rendered.NOW);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Preview preview(String name, Map<String, ?> data, String path, Overwrite overwrite) {
      var file = worktree.workTree().resolve(Path.of(path));
      var text = render(name, data);
      check(file, overwrite);
      return new Preview(
          new Artifact(path, "", text.length()), Files.exists(file) ? "" : "+" + text);
    }

    /** An empty file is one that is not committed. */
    private static void check(Path file, Overwrite overwrite) {
      if (overwrite == Overwrite.RECOVERABLE
          && file.toFile().isFile()
          && file.toFile().length() == 0) {
        throw GitVanException.of(Codes.REPO_DIRTY, file.toString(), "it is not committed", "");
      }
    }

    @Override
    public boolean hasPlan(String name) {
      return render(name, Map.of()).startsWith("to: ");
    }

    @Override
    public PlanResult plan(String name, Map<String, ?> data) {
      var path = planned(name, data);
      return path.equals("nowhere.md")
          ? new PlanResult("when: false", List.of())
          : result(path, Action.CREATED, preview(name, data, path, Overwrite.ANY).diff());
    }

    @Override
    public PlanResult apply(String name, Map<String, ?> data) {
      var path = planned(name, data);
      if (path.equals("nowhere.md")) {
        return new PlanResult("when: false", List.of());
      }
      boolean changed = write(name, data, path).changed();
      return result(path, changed ? Action.CREATED : Action.UNCHANGED, "");
    }

    private String planned(String name, Map<String, ?> data) {
      return render(name, data).lines().findFirst().orElseThrow().substring("to: ".length());
    }

    private static PlanResult result(String path, Action action, String diff) {
      var artifact = Optional.of(new Artifact(path, "", 0));
      return new PlanResult("", List.of(new Change(path, action, diff, artifact)));
    }
  }
}
