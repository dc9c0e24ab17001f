package dev.gitvan.jobs.file.internal.step;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.document.Node;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.StepSchema;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.StepStatus;
import dev.gitvan.job.spi.GitVanStep;
import dev.gitvan.job.spi.StepContext;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.Recorder;
import dev.gitvan.schema.Schema;
import dev.gitvan.template.Templates;
import dev.gitvan.template.Templates.Overwrite;
import dev.gitvan.template.Templates.TemplateSet;
import dev.gitvan.template.Templates.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** {@code template}: renders a template into a file, or into one for each of many items. */
@Component(service = StepType.class)
@GitVanStep(type = "template")
public final class TemplateStep implements StepType {
  private static final StepSchema SCHEMA =
      StepSchema.of(Schema.text("A template's name, below templates.dir or the worktree."))
          .with(
              "to",
              Schema.text(
                  "The file that is written, below the worktree; a template. Without it the"
                      + " template's own front matter says where its output goes."))
          .with(
              "force",
              Schema.choice(
                  List.of("overwrite"),
                  "overwrite: the file may be replaced although it has content that is neither"
                      + " committed nor written by GitVan."),
              "to")
          .with("data", Schema.anyMapping("What the template sees besides its own names."))
          .with(
              "for-each",
              Schema.either(
                  List.of(Schema.text(""), Schema.list(Schema.any(""), 0, "")),
                  "One output for each item: a glob of JSON or YAML files, or a list. The template"
                      + " sees it as item."),
              "to")
          .with(
              "concurrency",
              Schema.whole(
                  1, 64, "Maximum number of concurrent renderings; default: one for each core."),
              "for-each")
          .with(
              "priority",
              Schema.scalar("Items with a higher priority come first; a template."),
              "for-each");

  private final Templates templates;
  private final Items items;
  private final Recorder recorder;
  private final Batch batch = new Batch();

  @Activate
  public TemplateStep(
      @Reference Templates templates, @Reference Documents documents, @Reference Metrics metrics) {
    this.templates = templates;
    this.items = new Items(documents);
    this.recorder = metrics.recorder(Operation.FILES_BATCH);
  }

  @Deactivate
  public void close() {
    batch.close();
  }

  @Override
  public StepSchema schema() {
    return SCHEMA;
  }

  @Override
  public List<Node> templates(StepSpec step) {
    return List.of("to", "data", "for-each", "priority").stream()
        .flatMap(option -> step.option(option).stream())
        .toList();
  }

  @Override
  public StepResult run(StepContext context, StepSpec step) throws Exception {
    var worktree = context.job().worktree();
    var set = templates.openForRun(worktree, context.job().configuration(), context.job().dryRun());
    if (step.option("for-each").isPresent()) {
      return many(context, step, set);
    }
    return step.option("to").isPresent() ? one(context, step, set) : planned(context, step, set);
  }

  /** Does what the template's own front matter says. */
  private static StepResult planned(StepContext context, StepSpec step, TemplateSet set) {
    var name = name(step);
    if (!set.hasPlan(name)) {
      throw GitVanException.of(
          Codes.CONFIG_REQUIRED,
          step.place().toString(),
          "the step has no to, and " + name + " has no front matter that names the output",
          "Add to: PATH to one of them.");
    }
    var data = data(context, step, Map.of());
    var result = context.job().dryRun() ? set.plan(name, data) : set.apply(name, data);
    if (!result.skipped().isEmpty()) {
      return StepResult.skipped(result.skipped());
    }
    for (var change : result.changes()) {
      if (context.job().dryRun() && change.action().isChanging()) {
        change.artifact().ifPresent(context.job()::draft);
        context.job().planned(new PlannedEffect("write", change.path(), change.diff()));
      } else if (!context.job().dryRun()) {
        change.artifact().ifPresent(context.job()::artifact);
      }
    }
    return PlanSummary.of(result, context.job().dryRun());
  }

  private static String name(StepSpec step) {
    return ((Node.Scalar) step.value()).text();
  }

  private static StepResult one(StepContext context, StepSpec step, TemplateSet set) {
    var data = data(context, step, Map.of());
    var path = path(context, step, data);
    var result = Map.<String, Object>of("path", path);
    if (context.job().dryRun()) {
      return plan(context, step, set, new Output(path, data))
          ? StepResult.ok("would write " + path, result)
          : unchanged(path + " is up to date", result);
    }
    var written = write(step, set, new Output(path, data));
    context.job().artifact(written.artifact());
    var how = written.rendered().isCached() ? " (cached)" : "";
    return written.changed()
        ? StepResult.ok("wrote " + path + how, result)
        : unchanged(path + " is up to date" + how, result);
  }

  private static StepResult unchanged(String message, Map<String, Object> outputs) {
    return new StepResult(StepStatus.UNCHANGED, message, outputs);
  }

  /** A file to be written. */
  private record Output(String path, Map<String, Object> data) {}

  private StepResult many(StepContext context, StepSpec step, TemplateSet set) throws Exception {
    long start = System.nanoTime();
    var found = items.of(context, step);
    if (found.isEmpty()) {
      return StepResult.skipped("there are no items");
    }
    var outputs = new ArrayList<Output>(found.size());
    for (var item : found) {
      var data = data(context, step, item.data());
      outputs.add(new Output(path(context, step, data), data));
      context.job().checkpoint();
    }
    checkDistinct(step, found, outputs);
    var order = Priorities.order(context, step, outputs.stream().map(Output::data).toList());
    if (context.job().dryRun()) {
      // On this thread, on which the run does not measure.
      var planned = new boolean[outputs.size()];
      for (int index : order) {
        planned[index] = plan(context, step, set, outputs.get(index));
      }
      return summary(context, outputs, planned, 0);
    }
    var written = new Written[outputs.size()];
    try {
      batch.run(
          order,
          concurrency(step),
          context.job()::checkpoint,
          context.job()::asPartOfRun,
          index -> written[index] = write(step, set, outputs.get(index)));
    } finally {
      // In the items' order, whichever was ready first; also those before a failure.
      for (var one : written) {
        if (one != null) {
          context.job().artifact(one.artifact());
        }
      }
      recorder.since(start);
    }
    var changed = new boolean[written.length];
    int cached = 0;
    for (int i = 0; i < written.length; i++) {
      changed[i] = written[i].changed();
      cached += written[i].rendered().isCached() ? 1 : 0;
    }
    return summary(context, outputs, changed, cached);
  }

  /**
   * @param cached how many outputs came from the cache
   */
  private static StepResult summary(
      StepContext context, List<Output> outputs, boolean[] differ, int cached) {
    int changed = 0;
    for (boolean one : differ) {
      changed += one ? 1 : 0;
    }
    var result =
        Map.<String, Object>of(
            "paths", outputs.stream().map(Output::path).toList(), "changed", (long) changed);
    var verb = context.job().dryRun() ? "would write " : "wrote ";
    var how = cached == 0 ? "" : " (" + cached + " cached)";
    return changed == 0
        ? unchanged(outputs.size() + " files are up to date" + how, result)
        : StepResult.ok(verb + changed + " of " + outputs.size() + " files" + how, result);
  }

  private static Written write(StepSpec step, TemplateSet set, Output output) {
    return set.write(name(step), output.data(), output.path(), overwrite(step));
  }

  private static boolean plan(StepContext context, StepSpec step, TemplateSet set, Output output) {
    var preview = set.preview(name(step), output.data(), output.path(), overwrite(step));
    if (preview.diff().isEmpty()) {
      return false;
    }
    context.job().draft(preview.artifact());
    context.job().planned(new PlannedEffect("write", output.path(), preview.diff()));
    return true;
  }

  private static Overwrite overwrite(StepSpec step) {
    return step.option("force").isPresent() ? Overwrite.ANY : Overwrite.RECOVERABLE;
  }

  private static Map<String, Object> data(
      StepContext context, StepSpec step, Map<String, Object> item) {
    var data = new LinkedHashMap<String, Object>(context.data());
    step.option("data")
        .map(node -> context.renderAll(node, item))
        .ifPresent(
            own -> ((Map<?, ?>) own).forEach((key, value) -> data.put(String.valueOf(key), value)));
    data.putAll(item);
    return data;
  }

  private static String path(StepContext context, StepSpec step, Map<String, Object> data) {
    var node = step.option("to").orElseThrow();
    var path = String.valueOf(context.renderAll(node, data)).strip();
    if (path.isEmpty()) {
      throw GitVanException.of(
          Codes.CONFIG_REQUIRED,
          node.place().toString(),
          "to is empty after rendering",
          "Check the variables in it.");
    }
    return path;
  }

  private static void checkDistinct(StepSpec step, List<Items.Item> items, List<Output> outputs) {
    var seen = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < outputs.size(); i++) {
      var path = outputs.get(i).path();
      var first = seen.putIfAbsent(Items.normal(path), i);
      if (first != null) {
        throw GitVanException.of(
            Codes.OUTPUT_DUPLICATE,
            step.option("to").orElse(step.value()).place().toString(),
            items.get(first).name()
                + " and "
                + items.get(i).name()
                + " would both be written to "
                + path,
            "Use a value that differs between them in to.");
      }
    }
  }

  private static int concurrency(StepSpec step) {
    return step.option("concurrency")
        .map(node -> ((Number) ((Node.Scalar) node).value()).intValue())
        .orElse(64);
  }
}
