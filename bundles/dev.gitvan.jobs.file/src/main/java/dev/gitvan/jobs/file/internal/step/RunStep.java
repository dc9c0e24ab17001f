package dev.gitvan.jobs.file.internal.step;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Excerpt;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.StepSchema;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.GitVanStep;
import dev.gitvan.job.spi.StepContext;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.jobs.file.internal.definition.Findings;
import dev.gitvan.jobs.file.internal.process.Command;
import dev.gitvan.jobs.file.internal.process.FileLists;
import dev.gitvan.jobs.file.internal.process.ShellScript;
import dev.gitvan.process.ProcessLauncher;
import dev.gitvan.schema.Schema;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code run}: a program with its arguments, or a string for the platform's shell. */
@Component(service = StepType.class)
@GitVanStep(type = "run")
public final class RunStep implements StepType {
  private static final StepSchema SCHEMA =
      StepSchema.of(
          Schema.either(
              List.of(Schema.text(""), Schema.list(Schema.scalar(""), 1, "")),
              "A command. A list runs without a shell, and its items are templates. A string runs in"
                  + " the platform's shell and is not a template: read inputs from"
                  + " GITVAN_INPUT_NAME."));

  /** Arguments of one call, in bytes: well below what any system takes. */
  private static final int CHUNK = 96 * 1024;

  private static final boolean WINDOWS = File.separatorChar == '\\';

  private final Command commands;
  private final FileLists fileLists;

  @Activate
  public RunStep(@Reference ProcessLauncher launcher) {
    this.commands = new Command(launcher);
    this.fileLists = new FileLists(launcher);
  }

  @Override
  public StepSchema schema() {
    return SCHEMA;
  }

  @Override
  public List<Problem> validate(StepSpec step) {
    var findings = new Findings();
    if (step.value() instanceof Node.Scalar text) {
      script(text, new ShellScript(text.text()), findings);
    }
    return findings.problems();
  }

  private static void script(Node node, ShellScript script, Findings findings) {
    if (script.hasQuotedPlaceholder()) {
      findings.add(
          Codes.CONFIG_RANGE,
          node.place(),
          "a placeholder for files is inside quotes, where a file name could run as a command",
          "Move it out of the quotes. Placeholders are quoted automatically.");
    }
    if (WINDOWS && !script.placeholders().isEmpty()) {
      findings.add(
          Codes.CONFIG_RANGE,
          node.place(),
          "file names cannot be passed safely to cmd.exe",
          "Write the command as a list, with the placeholder as one element.");
    }
  }

  @Override
  public List<Node> templates(StepSpec step) {
    return step.value() instanceof Node.Sequence ? List.of(step.value()) : List.of();
  }

  @Override
  public StepResult run(StepContext context, StepSpec step) throws Exception {
    var job = context.job();
    var directory = job.worktree().root().orElse(job.worktree().gitDir());
    var environment = context.processEnvironment();
    var shown = shown(context, step);
    if (job.dryRun()) {
      job.planned(new PlannedEffect("run", shown, ""));
      return StepResult.ok("would run " + shown, Map.of("status", 0L, "stdout", Unknown.VALUE));
    }
    var calls = calls(context, step, directory, environment);
    if (calls.isEmpty()) {
      return StepResult.skipped("there are no files");
    }
    var output = new StringBuilder();
    for (var call : calls) {
      job.checkpoint();
      var ended = commands.run(job, step.place(), call, directory, environment);
      if (ended.status() != 0) {
        throw failed(step, shown, ended);
      }
      output.append(output.isEmpty() ? "" : "\n").append(ended.output());
    }
    return StepResult.ok("ran " + shown, Map.of("status", 0L, "stdout", output.toString()));
  }

  private static GitVanException failed(StepSpec step, String shown, Command.Ended ended) {
    return GitVanException.of(
        Codes.STEP_FAILED,
        step.place().toString(),
        shown
            + " ended with status "
            + ended.status()
            + (ended.errors().isEmpty() ? "" : ": " + ended.errors()),
        "Run it manually for more details.");
  }

  /** The command for people: of a script the first line, and not too long. */
  private static String shown(StepContext context, StepSpec step) {
    var text =
        step.value() instanceof Node.Sequence list
            ? String.join(" ", arguments(context, list))
            : ((Node.Scalar) step.value()).text();
    var lines = text.strip().lines().map(String::strip).toList();
    var line = String.join(" ", lines.get(0).split("\\s+"));
    var shown = Excerpt.of(line, 79);
    return shown.equals(line) && lines.size() > 1 ? line + " …" : shown;
  }

  private static List<String> arguments(StepContext context, Node.Sequence list) {
    var arguments = new ArrayList<String>();
    for (var item : list.items()) {
      var scalar = (Node.Scalar) item;
      // Numbers and flags as they were written: 1.10 is not 1.1.
      arguments.add(
          scalar.value() instanceof String
              ? String.valueOf(context.renderAll(item, Map.of()))
              : scalar.text());
    }
    return arguments;
  }

  /** The commands to run: one, or several when there are more files than one can take. */
  private List<List<String>> calls(
      StepContext context, StepSpec step, Path directory, Map<String, String> environment) {
    if (step.value() instanceof Node.Sequence list) {
      var arguments = arguments(context, list);
      var name = placeholder(arguments);
      if (name == null) {
        return List.of(arguments);
      }
      return chunks(fileLists.of(name, step.place(), context.job(), directory, environment))
          .stream()
          .map(files -> withFiles(arguments, name, files))
          .toList();
    }
    var text = ((Node.Scalar) step.value()).text();
    if (WINDOWS) {
      return List.of(List.of("cmd.exe", "/d", "/s", "/c", text));
    }
    var script = new ShellScript(text);
    var files = new LinkedHashMap<String, List<String>>();
    for (var name : script.placeholders()) {
      files.put(name, fileLists.of(name, step.place(), context.job(), directory, environment));
    }
    if (files.values().stream().anyMatch(List::isEmpty)) {
      return List.of();
    }
    if (files.size() != 1) {
      return List.of(script.command("/bin/sh", files));
    }
    var only = files.keySet().iterator().next();
    return chunks(files.get(only)).stream()
        .map(chunk -> script.command("/bin/sh", Map.of(only, chunk)))
        .toList();
  }

  private static String placeholder(List<String> arguments) {
    for (var name : ShellScript.PLACEHOLDERS) {
      if (arguments.contains("{" + name + "}")) {
        return name;
      }
    }
    return null;
  }

  private static List<String> withFiles(List<String> arguments, String name, List<String> files) {
    var command = new ArrayList<String>();
    for (var argument : arguments) {
      if (argument.equals("{" + name + "}")) {
        files.forEach(file -> command.add(ShellScript.path(file)));
      } else {
        command.add(argument);
      }
    }
    return command;
  }

  private static List<List<String>> chunks(List<String> files) {
    var chunks = new ArrayList<List<String>>();
    var chunk = new ArrayList<String>();
    int size = 0;
    for (var file : files) {
      int bytes = file.length() * 3 + 9;
      if (size + bytes > CHUNK && !chunk.isEmpty()) {
        chunks.add(List.copyOf(chunk));
        chunk.clear();
        size = 0;
      }
      chunk.add(file);
      size += bytes;
    }
    if (!chunk.isEmpty()) {
      chunks.add(List.copyOf(chunk));
    }
    return chunks;
  }
}
