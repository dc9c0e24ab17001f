package dev.gitvan.jobs.file.internal;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.FileIdentity;
import dev.gitvan.document.Node;
import dev.gitvan.extension.Selection;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobOrigin;
import dev.gitvan.job.spi.JobSource.Found;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.jobs.file.internal.definition.JobReader;
import dev.gitvan.jobs.file.internal.definition.TextCheck;
import dev.gitvan.jobs.file.internal.run.FileJob;
import dev.gitvan.jobs.file.internal.run.RunServices;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.TemplateSettings;
import dev.gitvan.template.Templates.TemplateSet;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The jobs of one worktree, each kept for as long as nothing that it was made of has changed. */
final class WorktreeJobs {
  /** Limit of one job file, in bytes. */
  static final long MAX_BYTES = 1L << 20;

  private final RunServices services;
  private final WorktreeId worktree;

  /** By file name. */
  private final Map<String, Kept> files = new ConcurrentHashMap<>();

  private volatile Inline inline = new Inline(null, null, Map.of());

  /** What a definition was read with: another one may judge it otherwise. */
  private record Reading(Map<String, StepType> types, TemplateSettings templates) {
    boolean same(Reading other) {
      return other != null && types == other.types && templates.equals(other.templates);
    }
  }

  private record Kept(FileIdentity identity, Instant read, Reading reading, Found found) {}

  private record Inline(Configuration configuration, Reading reading, Map<String, Found> found) {}

  WorktreeJobs(RunServices services, WorktreeId worktree) {
    this.services = services;
    this.worktree = worktree;
  }

  List<Found> list(Configuration configuration) {
    var reading =
        new Reading(
            services.types().all(Selection.of(configuration)), TemplateSettings.of(configuration));
    var reader = reader(configuration, reading);
    var all = new TreeMap<String, List<Found>>();
    inline(configuration, reading, reader)
        .forEach((name, found) -> all.computeIfAbsent(name, n -> new ArrayList<>()).add(found));
    var entries = worktree.root().map(root -> new JobFolder(root).list()).orElse(List.of());
    var present = new HashSet<String>();
    for (var entry : entries) {
      present.add(entry.name());
      all.computeIfAbsent(entry.id(), n -> new ArrayList<>()).add(file(entry, reading, reader));
    }
    files.keySet().retainAll(present);
    var single = new LinkedHashMap<String, Found>();
    all.forEach((name, found) -> single.put(name, one(found)));
    var cycles = new Cycles(name -> Optional.ofNullable(single.get(name)));
    return single.values().stream().map(found -> unlessCyclic(found, cycles)).toList();
  }

  Optional<Found> find(Configuration configuration, String name) {
    var reading =
        new Reading(
            services.types().all(Selection.of(configuration)), TemplateSettings.of(configuration));
    var reader = reader(configuration, reading);
    var cycles = new Cycles(other -> find(configuration, other, reading, reader));
    return find(configuration, name, reading, reader).map(found -> unlessCyclic(found, cycles));
  }

  private Optional<Found> find(
      Configuration configuration, String name, Reading reading, JobReader reader) {
    if (!JobDefinition.isName(name) && !configuration.jobs().containsKey(name)) {
      return Optional.empty();
    }
    var found = new ArrayList<Found>();
    var node = configuration.jobs().get(name);
    if (node != null) {
      var known = inline;
      found.add(
          known.configuration() == configuration && reading.same(known.reading())
              ? known.found().get(name)
              : read(name, inlineOrigin(node), node, reader));
    }
    if (JobDefinition.isName(name) && !worktree.isBare()) {
      for (var entry : new JobFolder(worktree.workTree()).find(name)) {
        found.add(file(entry, reading, reader));
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(one(found));
  }

  private JobReader reader(Configuration configuration, Reading reading) {
    var open = new TemplateSet[1];
    return new JobReader(
        services.documents(),
        reading.types(),
        new TextCheck(
            () -> {
              if (open[0] == null) {
                // Only to check strings, also for a dry run, which may touch no cache.
                open[0] = services.templates().open(worktree, configuration, true);
              }
              return open[0];
            }));
  }

  private Map<String, Found> inline(
      Configuration configuration, Reading reading, JobReader reader) {
    var known = inline;
    if (known.configuration() == configuration && reading.same(known.reading())) {
      return known.found();
    }
    var found = new LinkedHashMap<String, Found>();
    configuration
        .jobs()
        .forEach((name, node) -> found.put(name, read(name, inlineOrigin(node), node, reader)));
    if (found.values().stream().allMatch(Found.Valid.class::isInstance)) {
      inline = new Inline(configuration, reading, found);
    }
    return found;
  }

  private static JobOrigin inlineOrigin(Node node) {
    var place = node.place();
    return new JobOrigin(JobOrigin.Kind.FILE, place.source() + ":" + place.line());
  }

  private Found file(JobFolder.Entry entry, Reading reading, JobReader reader) {
    var origin = new JobOrigin(JobOrigin.Kind.FILE, entry.name());
    if (entry.problem() != null) {
      return new Found.Invalid(entry.id(), origin, List.of(entry.problem()));
    }
    try {
      var now = Instant.now();
      var identity = FileIdentity.of(entry.path()).orElse(null);
      var known = files.get(entry.name());
      if (known != null
          && known.identity().equals(identity)
          && !identity.isRacy(known.read())
          && reading.same(known.reading())) {
        return known.found();
      }
      var node = services.documents().read(entry.path(), entry.name(), MAX_BYTES);
      var found = read(entry.id(), origin, node, reader);
      // What is wrong may be for want of a bundle, which can come at any time.
      if (identity != null && found instanceof Found.Valid) {
        files.put(entry.name(), new Kept(identity, now, reading, found));
      }
      return found;
    } catch (GitVanException e) {
      return new Found.Invalid(entry.id(), origin, List.of(e.problem()));
    } catch (IOException e) {
      return new Found.Invalid(entry.id(), origin, List.of(FileProblem.of(e, entry.path())));
    }
  }

  private Found read(String name, JobOrigin origin, Node node, JobReader reader) {
    var result = reader.read(name, origin, node);
    return result.definition() == null
        ? new Found.Invalid(name, origin, result.problems())
        : new Found.Valid(result.definition(), new FileJob(services, result.definition().steps()));
  }

  /** The one definition of a name, or the complaint that there are several. */
  private static Found one(List<Found> found) {
    if (found.size() == 1) {
      return found.get(0);
    }
    var origins = found.stream().map(WorktreeJobs::origin).toList();
    var places = origins.stream().map(JobOrigin::location).toList();
    return new Found.Invalid(
        found.get(0).name(),
        origins.get(0),
        List.of(
            new Problem(
                Codes.JOB_DUPLICATE,
                places.get(0),
                "the job "
                    + found.get(0).name()
                    + " is defined in "
                    + String.join(" and in ", places),
                "Keep one of them.")));
  }

  private static Found unlessCyclic(Found found, Cycles cycles) {
    if (!(found instanceof Found.Valid sound) || Cycles.leadsTo(sound.definition()).isEmpty()) {
      return found;
    }
    return cycles
        .through(found.name())
        .<Found>map(
            path ->
                new Found.Invalid(
                    found.name(),
                    sound.definition().origin(),
                    List.of(
                        new Problem(
                            Codes.JOB_CYCLE,
                            sound.definition().origin().location(),
                            "the job calls itself: " + String.join(" → ", path),
                            "Break the cycle."))))
        .orElse(found);
  }

  private static JobOrigin origin(Found found) {
    return found instanceof Found.Valid sound
        ? sound.definition().origin()
        : ((Found.Invalid) found).origin();
  }
}
