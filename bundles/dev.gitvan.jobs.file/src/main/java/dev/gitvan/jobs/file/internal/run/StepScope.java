package dev.gitvan.jobs.file.internal.run;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import dev.gitvan.extension.Selection;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.job.spi.StepContext;
import dev.gitvan.jobs.file.internal.definition.InputVariables;
import dev.gitvan.repository.GitVariable;
import dev.gitvan.template.Templates.TemplateSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One step being run. */
final class StepScope implements StepContext {
  private final RunServices services;
  private final JobContext job;
  private final TemplateSet templates;
  private final Map<String, Object> data;
  private final StepSpec step;

  StepScope(
      RunServices services,
      JobContext job,
      TemplateSet templates,
      Map<String, Object> data,
      StepSpec step) {
    this.services = services;
    this.job = job;
    this.templates = templates;
    this.data = data;
    this.step = step;
  }

  @Override
  public JobContext job() {
    return job;
  }

  @Override
  public Map<String, Object> data() {
    return data;
  }

  /** The plugins that the worktree selects. */
  Selection selection() {
    return Selection.of(job.configuration());
  }

  TemplateSet templates() {
    return templates;
  }

  @Override
  public String render(String template, Map<String, ?> more) {
    return render(step.place(), template, with(more));
  }

  @Override
  public Object renderAll(Node node, Map<String, ?> more) {
    return fill(node, with(more));
  }

  private Object fill(Node node, Map<String, Object> all) {
    if (node instanceof Node.Mapping mapping) {
      var map = new LinkedHashMap<String, Object>();
      mapping.entries().forEach((key, value) -> map.put(key, fill(value, all)));
      return Collections.unmodifiableMap(map);
    }
    if (node instanceof Node.Sequence sequence) {
      var list = new ArrayList<Object>(sequence.items().size());
      sequence.items().forEach(item -> list.add(fill(item, all)));
      return Collections.unmodifiableList(list);
    }
    var value = ((Node.Scalar) node).value();
    return value instanceof String text ? render(node.place(), text, all) : value;
  }

  private String render(Place place, String text, Map<String, Object> all) {
    return Inline.at(place, name -> templates.renderText(name, text, all));
  }

  private Map<String, Object> with(Map<String, ?> more) {
    if (more.isEmpty()) {
      return data;
    }
    var all = new LinkedHashMap<String, Object>(data);
    all.putAll(more);
    return all;
  }

  @Override
  public Map<String, String> processEnvironment() {
    var environment = GitVariable.removedFrom(job.environment());
    environment.put("GITVAN_RUN", job.runId());
    environment.put("GITVAN_JOB", job.definition().name());
    commit().ifPresent(id -> environment.put("GITVAN_COMMIT", id));
    environment.putAll(InputVariables.of(job.inputs(), services.documents()));
    step.env().forEach((name, text) -> environment.put(name, render(step.place(), text, data)));
    step.secrets().forEach(name -> job.secret(environment.get(name)));
    return environment;
  }

  private java.util.Optional<String> commit() {
    try {
      return job.staging().head();
    } catch (GitVanException e) {
      // Nothing installed can write to Git, or nothing is there yet: there is no commit to name.
      return java.util.Optional.empty();
    }
  }
}
