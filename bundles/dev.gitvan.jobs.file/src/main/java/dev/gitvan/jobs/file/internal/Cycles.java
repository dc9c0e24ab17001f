package dev.gitvan.jobs.file.internal;

import dev.gitvan.document.Node;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.spi.JobSource.Found;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds jobs that lead back to themselves, by {@code job} steps or by {@code then}. */
final class Cycles {
  private final Function<String, Optional<Found>> jobs;

  /** Where each job leads, as far as it was looked up. */
  private final Map<String, Set<String>> edges = new HashMap<>();

  Cycles(Function<String, Optional<Found>> jobs) {
    this.jobs = jobs;
  }

  /** The shortest way from a job back to itself, both ends named; empty when there is none. */
  Optional<List<String>> through(String job) {
    Map<String, String> cameFrom = new HashMap<>();
    Deque<String> waiting = new ArrayDeque<>(List.of(job));
    var seen = new HashSet<String>();
    while (!waiting.isEmpty()) {
      var at = waiting.remove();
      for (var next : edges.computeIfAbsent(at, this::leadsTo)) {
        if (next.equals(job)) {
          return Optional.of(path(job, at, cameFrom));
        }
        if (seen.add(next)) {
          cameFrom.put(next, at);
          waiting.add(next);
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> path(String job, String last, Map<String, String> cameFrom) {
    var path = new ArrayList<String>(List.of(job));
    for (var at = last; !at.equals(job); at = cameFrom.get(at)) {
      path.add(1, at);
    }
    path.add(job);
    return path;
  }

  private Set<String> leadsTo(String job) {
    return jobs.apply(job)
        .filter(Found.Valid.class::isInstance)
        .map(found -> leadsTo(((Found.Valid) found).definition()))
        .orElse(Set.of());
  }

  /** Whether a job leads to any other: most do not, and need no look. */
  static Set<String> leadsTo(JobDefinition definition) {
    if (definition.then().isEmpty()
        && definition.steps().stream().noneMatch(step -> step.type().equals("job"))) {
      return Set.of();
    }
    var names = new LinkedHashSet<String>(definition.then());
    for (var step : definition.steps()) {
      if (step.type().equals("job")
          && step.value() instanceof Node.Mapping call
          && call.entries().get("name") instanceof Node.Scalar name) {
        names.add(name.text());
      }
    }
    return names;
  }
}
