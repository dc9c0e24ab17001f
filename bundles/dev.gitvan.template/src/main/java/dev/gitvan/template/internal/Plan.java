package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.Artifact;
import dev.gitvan.template.PlanResult;
import dev.gitvan.template.PlanResult.Action;
import dev.gitvan.template.PlanResult.Change;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a template's front matter means for certain data: files, and what becomes of them. */
final class Plan {
  private final List<PlannedFile> files;
  private final RenderedBody body;
  private final Consumer<String> beforeCommit;

  /**
   * @param beforeCommit receives each path right before its output takes its name; for tests
   */
  Plan(Collection<PlannedFile> files, RenderedBody body, Consumer<String> beforeCommit) {
    this.files = List.copyOf(files);
    this.body = body;
    this.beforeCommit = beforeCommit;
  }

  /** See {@link dev.gitvan.template.Templates.TemplateSet#plan}. */
  PlanResult show() {
    var changes = new ArrayList<Change>();
    for (var planned : files) {
      changes.add(placed(planned, () -> shown(planned)));
    }
    return new PlanResult("", changes);
  }

  private static Change placed(PlannedFile planned, Supplier<Change> call) {
    return Placed.at(planned.place(), planned.file().path().toString(), call);
  }

  private Change shown(PlannedFile planned) {
    try {
      return shownOrFailed(planned);
    } catch (IOException e) {
      throw planned.file().failure(e);
    }
  }

  private Change shownOrFailed(PlannedFile planned) throws IOException {
    var path = planned.file().path().toString();
    var produced = planned.produce(body);
    if (produced.content() == null) {
      return new Change(path, produced.action(), "", Optional.empty());
    }
    var before = planned.file().exists() ? DiffSide.of(planned.file()::copyTo) : null;
    var after = DiffSide.of(produced.content());
    var artifact = new Artifact(path, after.sha256(), after.size());
    if (before != null && before.isSameAs(after)) {
      return new Change(path, Action.UNCHANGED, "", Optional.of(artifact));
    }
    if (produced.refusal() != null) {
      throw produced.refusal();
    }
    var diff = UnifiedDiff.of(path, before, after);
    return new Change(path, produced.action(), diff, Optional.of(artifact));
  }

  /** See {@link dev.gitvan.template.Templates.TemplateSet#apply}. */
  PlanResult apply() {
    var changes = new ArrayList<Change>();
    // In the end the last is closed first: a folder that was made for it is then empty.
    Deque<PreparedOutput> prepared = new ArrayDeque<>();
    try {
      for (var planned : files) {
        changes.add(placed(planned, () -> prepare(planned, prepared)));
      }
      commit(prepared);
      return new PlanResult("", changes);
    } finally {
      for (var output : prepared) {
        closeQuietly(output);
      }
    }
  }

  private Change prepare(PlannedFile planned, Deque<PreparedOutput> prepared) {
    var path = planned.file().path().toString();
    var produced = planned.produce(body);
    if (produced.content() == null) {
      return new Change(path, produced.action(), "", Optional.empty());
    }
    var output = planned.file().prepare(produced.content());
    prepared.push(output);
    if (output.isChange() && produced.refusal() != null) {
      throw produced.refusal();
    }
    return new Change(
        path,
        output.isChange() ? produced.action() : Action.UNCHANGED,
        "",
        Optional.of(output.artifact()));
  }

  private void commit(Deque<PreparedOutput> prepared) {
    var outputs = new ArrayList<PreparedOutput>();
    prepared.descendingIterator().forEachRemaining(outputs::add);
    outputs.removeIf(output -> !output.isChange());
    Deque<PreparedOutput> committed = new ArrayDeque<>();
    boolean done = false;
    try {
      for (var output : outputs) {
        run(output, PreparedOutput::keep);
      }
      for (var output : outputs) {
        beforeCommit.accept(output.path().toString());
        run(output, PreparedOutput::commitUnlessTouched);
        committed.push(output);
      }
      done = true;
    } catch (GitVanException e) {
      done = true;
      throw withWhatIsLeft(e, rolledBack(committed));
    } finally {
      if (!done) {
        rolledBack(committed);
      }
    }
  }

  /** A step of one output. */
  @FunctionalInterface
  private interface Step {
    void run(PreparedOutput output) throws IOException;
  }

  private static void run(PreparedOutput output, Step step) {
    try {
      step.run(output);
    } catch (IOException e) {
      throw new OutputFile(output.path(), false).failure(e);
    }
  }

  /** Undoes what was done, the last first; returns what could not be. */
  private static List<String> rolledBack(Deque<PreparedOutput> committed) {
    var left = new ArrayList<String>();
    for (var output : committed) {
      output.rollBack().ifPresent(left::add);
    }
    return left;
  }

  private static GitVanException withWhatIsLeft(GitVanException failure, List<String> left) {
    if (left.isEmpty()) {
      return failure;
    }
    var problem = failure.problem();
    return new Problem(
            Codes.IO_ERROR,
            problem.place(),
            problem.what() + "; some changes could not be undone: " + String.join("; ", left),
            problem.remedy())
        .toException(failure);
  }

  private static void closeQuietly(PreparedOutput output) {
    try {
      output.close();
    } catch (IOException e) {
      // A temporary file that stays behind: what was to be written is, or its failure is reported.
    }
  }
}
