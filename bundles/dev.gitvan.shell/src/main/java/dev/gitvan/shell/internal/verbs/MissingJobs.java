package dev.gitvan.shell.internal.verbs;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobListing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds jobs that others name in {@code then} or in a {@code job} step, and that do not exist. */
final class MissingJobs {
  private final Set<String> names;

  /**
   * @param all every job there is, broken ones too
   */
  MissingJobs(List<JobListing> all) {
    this.names = all.stream().map(JobListing::name).collect(Collectors.toUnmodifiableSet());
  }

  /** What is wrong with a job: its own problems, else the jobs that it names in vain. */
  List<Problem> problems(JobListing listing) {
    return listing.valid().map(this::missing).orElse(listing.problems());
  }

  private List<Problem> missing(JobDefinition definition) {
    var problems = new ArrayList<Problem>();
    for (var step : definition.steps()) {
      if (step.type().equals("job")
          && step.value() instanceof Node.Mapping call
          && call.entries().get("name") instanceof Node.Scalar name) {
        check(name.place().toString(), name.text(), problems);
      }
    }
    definition.then().forEach(next -> check(definition.origin().location(), next, problems));
    return problems;
  }

  private void check(String place, String name, List<Problem> problems) {
    if (!names.contains(name)) {
      problems.add(
          new Problem(
              Codes.JOB_NOT_FOUND,
              place,
              "there is no job " + name,
              Nearest.sentence(name, names, "See gitvan job list.")));
    }
  }
}
