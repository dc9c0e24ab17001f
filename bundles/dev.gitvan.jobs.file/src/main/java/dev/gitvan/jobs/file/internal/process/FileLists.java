package dev.gitvan.jobs.file.internal.process;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Place;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.process.ProcessLauncher;
import dev.gitvan.process.ProcessOutput;
import dev.gitvan.process.ProcessSpec;
import dev.gitvan.repository.GitVariable;
import dev.gitvan.repository.WorktreeId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files that placeholders stand for, as {@code git} itself lists them. */
public final class FileLists {
  private final ProcessLauncher launcher;

  public FileLists(ProcessLauncher launcher) {
    this.launcher = launcher;
  }

  /**
   * The files of a placeholder, below the worktree. {@code files} are those of the input of that
   * name.
   */
  public List<String> of(
      String placeholder, Place place, JobContext job, Path root, Map<String, String> environment) {
    return switch (placeholder) {
      case "staged_files" ->
          git(
              place,
              job,
              root,
              environment,
              List.of("diff", "--cached", "--name-only", "--diff-filter=ACMRT", "-z"));
      case "all_files" -> git(place, job, root, environment, List.of("ls-files", "-z"));
      default -> given(place, job.inputs().get("files"));
    };
  }

  private static List<String> given(Place place, Object files) {
    if (files instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    throw GitVanException.of(
        Codes.JOB_INPUT_INVALID,
        place.toString(),
        "{files} requires an input files that is a list",
        "Declare inputs: { files: [] }, or use {staged_files} or {all_files}.");
  }

  private List<String> git(
      Place place,
      JobContext job,
      Path root,
      Map<String, String> environment,
      List<String> arguments) {
    var command = new ArrayList<>(List.of("git", "-c", "core.fsmonitor=false"));
    command.addAll(arguments);
    try {
      var output = new ByteArrayOutputStream();
      var spec =
          ProcessSpec.builder(command, root, located(environment, job.worktree()))
              .output(ProcessOutput.to(output))
              .timeLimit(job.deadline().remaining())
              .build();
      try (var process = launcher.start(spec)) {
        var exit = process.await();
        if (exit.isSuccess() && exit.outputComplete()) {
          var text = output.toString(StandardCharsets.UTF_8);
          return Arrays.stream(text.split("\0")).filter(name -> !name.isEmpty()).toList();
        }
      }
      job.checkpoint();
    } catch (IOException e) {
      throw failed(place).toException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(place).toException(e);
    }
    throw failed(place).toException();
  }

  /** With the caller's repository and index, which the steps themselves do not get. */
  private static Map<String, String> located(Map<String, String> environment, WorktreeId worktree) {
    var located = new HashMap<>(environment);
    located.put(GitVariable.GIT_DIR.name(), worktree.gitDir().toString());
    located.put(GitVariable.GIT_INDEX_FILE.name(), worktree.index().toString());
    worktree.root().ifPresent(r -> located.put(GitVariable.GIT_WORK_TREE.name(), r.toString()));
    return located;
  }

  private static dev.gitvan.diagnostics.Problem failed(Place place) {
    return new dev.gitvan.diagnostics.Problem(
        Codes.STEP_FAILED,
        place.toString(),
        "git could not list the files",
        "Check that git is on the PATH.");
  }
}
