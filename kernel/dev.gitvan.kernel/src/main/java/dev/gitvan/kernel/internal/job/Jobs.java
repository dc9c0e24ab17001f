package dev.gitvan.kernel.internal.job;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.document.Documents;
import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.extension.Extension.Body;
import dev.gitvan.extension.Selection;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobListing;
import dev.gitvan.job.JobOrigin;
import dev.gitvan.job.JobRegistry;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.JobSource;
import dev.gitvan.job.spi.JobSource.Found;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.kernel.internal.Contribution;
import dev.gitvan.kernel.internal.Contributions;
import dev.gitvan.kernel.internal.Hold;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.repository.WorktreeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The job registry, without the framework around it. */
public final class Jobs implements JobRegistry, JobCatalog {
  private static final String SOURCE_FAILED = "SOURCE_FAILED";

  private final Contributions<Job, JobDefinition> bundles;
  private final Contributions<JobSource, String> sources;

  /** Sources that failed unexpectedly when they were last asked. */
  private final Map<Contribution<JobSource, String>, String> failing = new ConcurrentHashMap<>();

  /** Fingerprints of sources' jobs that did not end, with the reason. */
  private final Map<String, Rejection> stuck = new ConcurrentHashMap<>();

  private final Function<WorktreeId, Configuration> configurations;

  /**
   * @param configurations loads the configuration of a worktree
   */
  public Jobs(
      Kernel kernel, Documents documents, Function<WorktreeId, Configuration> configurations) {
    this.configurations = configurations;
    this.bundles =
        new Contributions<>(
            kernel,
            "job",
            offer -> new JobProperties(documents).read(offer),
            JobDefinition::name,
            () -> {});
    this.sources =
        new Contributions<>(
            kernel,
            "job",
            offer -> String.valueOf(offer.properties().getOrDefault("component.name", "source")),
            name -> name,
            this::forgetFailing);
  }

  /** Releases all jobs and sources. */
  public void close() {
    bundles.close();
    sources.close();
  }

  public void add(Offer<Job> offer) {
    bundles.add(offer);
  }

  public void remove(Object key) {
    bundles.remove(key);
  }

  public void addSource(Offer<JobSource> offer) {
    sources.add(offer);
  }

  public void removeSource(Object key) {
    sources.remove(key);
  }

  public List<Rejection> rejections() {
    var all = new ArrayList<>(sources.rejections());
    failing.forEach(
        (source, reason) ->
            all.add(
                new Rejection(
                    "job", source.name(), source.plugin().bundle(), SOURCE_FAILED, reason)));
    all.addAll(bundles.rejections());
    all.addAll(stuck.values());
    return all;
  }

  @Override
  public JobDefinition find(WorktreeId worktree, String name) {
    return resolve(worktree, configurations.apply(worktree), name).definition();
  }

  @Override
  public Entry resolve(WorktreeId worktree, Configuration configuration, String name) {
    var candidate = candidate(worktree, configuration, name);
    if (candidate == null) {
      var names = candidates(worktree, configuration).keySet();
      throw missing(name, names, worktree.isBare());
    }
    if (!candidate.problems().isEmpty()) {
      throw candidate.problems().get(0).toException();
    }
    return new Entry(candidate.definition(), candidate.body);
  }

  @Override
  public List<JobListing> list(WorktreeId worktree) {
    var list = new ArrayList<JobListing>();
    candidates(worktree, configurations.apply(worktree))
        .forEach(
            (name, c) ->
                list.add(
                    new JobListing(
                        name,
                        c.problems().isEmpty() ? c.definition() : null,
                        c.hidden,
                        c.problems())));
    return list;
  }

  /** The first of a name runs, the others are hidden. */
  private static final class Candidate {
    final Found found;
    final JobBody body;
    final Problem refused;
    final List<JobOrigin> hidden = new ArrayList<>();

    Candidate(Found found, JobBody body, Problem refused) {
      this.found = found;
      this.body = body;
      this.refused = refused;
    }

    JobDefinition definition() {
      return found instanceof Found.Valid sound ? sound.definition() : null;
    }

    JobOrigin origin() {
      return found instanceof Found.Invalid broken ? broken.origin() : definition().origin();
    }

    List<Problem> problems() {
      if (found instanceof Found.Invalid broken) {
        return broken.problems();
      }
      return refused == null ? List.of() : List.of(refused);
    }
  }

  /**
   * The candidate that runs; null when there is none. As in {@link #candidates}, without the rest.
   */
  private Candidate candidate(WorktreeId worktree, Configuration configuration, String name) {
    for (var source : sources.usable()) {
      var found =
          ask(
              source,
              service ->
                  service.find(worktree, configuration, name).map(List::of).orElse(List.of()));
      if (!found.isEmpty()) {
        return candidate(source, found.get(0));
      }
    }
    var job = bundles.find(Selection.of(configuration), name);
    if (job.isPresent()) {
      return candidate(job.get());
    }
    return quarantined().filter(q -> q.found.name().equals(name)).findFirst().orElse(null);
  }

  private Map<String, Candidate> candidates(WorktreeId worktree, Configuration configuration) {
    var byName = new TreeMap<String, Candidate>();
    for (var source : sources.usable()) {
      for (var found : ask(source, service -> List.copyOf(service.jobs(worktree, configuration)))) {
        add(byName, candidate(source, found));
      }
    }
    bundles.usable(Selection.of(configuration)).forEach(job -> add(byName, candidate(job)));
    quarantined().forEach(candidate -> byName.putIfAbsent(candidate.found.name(), candidate));
    return byName;
  }

  private Candidate candidate(Contribution<JobSource, String> source, Found found) {
    var reason = found instanceof Found.Valid s ? stuck.get(s.definition().fingerprint()) : null;
    return new Candidate(
        found, new SourceBody(source, found), reason == null ? null : refused(reason));
  }

  private Candidate candidate(Contribution<Job, JobDefinition> job) {
    return new Candidate(new Found.Valid(job.description(), null), new BundleBody(job), null);
  }

  private Stream<Candidate> quarantined() {
    return bundles.rejections().stream()
        .filter(rejection -> rejection.code().equals(Contributions.QUARANTINED))
        .map(
            rejection ->
                new Candidate(
                    new Found.Invalid(
                        rejection.contribution(),
                        new JobOrigin(JobOrigin.Kind.BUNDLE, rejection.bundle()),
                        List.of(refused(rejection))),
                    null,
                    null));
  }

  private static void add(Map<String, Candidate> byName, Candidate candidate) {
    var first = byName.putIfAbsent(candidate.found.name(), candidate);
    if (first != null) {
      first.hidden.add(candidate.origin());
    }
  }

  /**
   * A source's jobs. What it says itself reaches the caller; an unexpected failure takes out that
   * source alone and is shown as a rejection until it answers again.
   */
  private List<Found> ask(
      Contribution<JobSource, String> source, Body<JobSource, List<Found>> question) {
    var answer = source.plugin().call(question);
    if (answer.failure() instanceof GitVanException said) {
      throw said;
    }
    if (answer.isGone()) {
      return List.of();
    }
    if (answer.failure() != null) {
      failing.put(source, "it failed with " + answer.failure());
      return List.of();
    }
    failing.remove(source);
    return answer.value();
  }

  private void forgetFailing() {
    failing.keySet().removeIf(source -> !sources.isActive(source));
  }

  private static GitVanException missing(String name, Set<String> names, boolean bare) {
    return GitVanException.of(
        Codes.JOB_NOT_FOUND,
        name,
        "there is no such job",
        bare
            ? "A bare repository has no job files: run it in a worktree, or in a clone."
            : Nearest.sentence(name, names, "See gitvan job list."));
  }

  private static Problem refused(Rejection rejection) {
    return new Problem(
        Codes.JOB_NO_HANDLER,
        rejection.contribution(),
        rejection.bundle() + " is no longer called: " + rejection.reason(),
        "Replace or restart it.");
  }

  private static List<StagingNeed> returned(Answer<List<StagingNeed>> answer) {
    if (answer.failure() instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (answer.failure() != null) {
      throw new IllegalStateException(answer.failure());
    }
    return answer.value();
  }

  /** A bundle's job. */
  private final class BundleBody implements JobBody {
    private final Contribution<Job, JobDefinition> job;

    BundleBody(Contribution<Job, JobDefinition> job) {
      this.job = job;
    }

    @Override
    public Answer<JobResult> run(JobContext context) {
      return job.plugin().call(service -> service.run(context));
    }

    @Override
    public List<StagingNeed> needs(Configuration configuration) {
      return returned(job.plugin().call(service -> service.needs(configuration)));
    }

    @Override
    public Hold hold() {
      return job.plugin().hold();
    }

    @Override
    public long bundleId() {
      return job.bundleId();
    }

    @Override
    public boolean isCurrent() {
      return bundles.isActive(job);
    }

    @Override
    public String contributor() {
      return job.plugin().bundle();
    }

    @Override
    public void quarantine(String reason) {
      bundles.quarantine(
          other -> other.bundleId() == job.bundleId(), "job " + job.name() + " " + reason);
    }
  }

  /** A job of a source: what it is made of is in the worktree, so that alone is refused. */
  private final class SourceBody implements JobBody {
    private final Contribution<JobSource, String> source;
    private final Found found;

    SourceBody(Contribution<JobSource, String> source, Found found) {
      this.source = source;
      this.found = found;
    }

    @Override
    public Answer<JobResult> run(JobContext context) {
      return source.plugin().call(service -> ((Found.Valid) found).body().run(context));
    }

    @Override
    public List<StagingNeed> needs(Configuration configuration) {
      return returned(
          source.plugin().call(service -> ((Found.Valid) found).body().needs(configuration)));
    }

    @Override
    public Hold hold() {
      return source.plugin().hold();
    }

    @Override
    public long bundleId() {
      return source.bundleId();
    }

    @Override
    public boolean isCurrent() {
      return sources.isActive(source);
    }

    @Override
    public String contributor() {
      return found.name();
    }

    @Override
    public void quarantine(String reason) {
      if (found instanceof Found.Valid sound) {
        var definition = sound.definition();
        stuck.put(
            definition.fingerprint(),
            new Rejection(
                "job",
                definition.name(),
                definition.origin().location(),
                Contributions.QUARANTINED,
                "this definition " + reason));
      }
    }
  }
}
