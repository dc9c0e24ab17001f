package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.GitSettings;
import dev.gitvan.git.RunRepository;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.git.jgit.internal.write.JGitTransactions;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.Deadline;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.StandardStream;
import dev.gitvan.job.Trigger;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.RunTransaction;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.Staging;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.FakeConfiguration;
import dev.gitvan.testkit.FakeJobContext;
import dev.gitvan.testkit.GitSandbox;
import dev.gitvan.testkit.SampleReceipt;
import dev.gitvan.testkit.TransactionStaging;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run with a real transaction and no kernel. */
final class OneRun implements JobContext, AutoCloseable {
  final List<PlannedEffect> planned = new ArrayList<>();
  final List<String> steps = new ArrayList<>();
  final List<Artifact> artifacts = new ArrayList<>();
  volatile Deadline deadline = Deadline.in(Duration.ofMinutes(5));
  Map<String, String> environment;

  private final FakeJobContext plain;
  private final Repositories repositories;
  private final RunTransaction transaction;
  private final RunRepository repository;
  private final boolean dryRun;

  private OneRun(GitSandbox git, boolean dryRun) {
    this.plain = new FakeJobContext(git.worktree(), "tested");
    this.dryRun = dryRun;
    this.environment = new java.util.HashMap<>(git.environment());
    environment.put("PATH", System.getenv("PATH"));
    this.repositories = new Repositories(git.environment());
    var documents = new DocumentsService();
    this.transaction =
        new JGitTransactions(
                repositories,
                documents,
                ConfigurationsService.with(documents, Metrics.NONE, GitSettings.SECTION),
                Metrics.NONE,
                new LocalLauncher(),
                Failpoint.NONE)
            .begin(git.worktree(), dryRun);
    this.repository =
        new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher())).open(this);
  }

  static OneRun in(GitSandbox git) {
    return new OneRun(git, false);
  }

  static OneRun dry(GitSandbox git) {
    return new OneRun(git, true);
  }

  RunRepository repository() {
    return repository;
  }

  /** The commit that it stands on. */
  String head() {
    return transaction.head().orElse("");
  }

  /** Ends it well. */
  Receipt apply() {
    var receipt = SampleReceipt.of(runId(), "tested", transaction.base());
    return transaction.apply(List.of(receipt)).get(0);
  }

  @Override
  public void close() {
    repository.close();
    transaction.close();
    repositories.close();
  }

  @Override
  public String runId() {
    return plain.runId();
  }

  @Override
  public JobDefinition definition() {
    return plain.definition();
  }

  @Override
  public WorktreeId worktree() {
    return plain.worktree();
  }

  @Override
  public Map<String, Object> inputs() {
    return plain.inputs();
  }

  @Override
  public Trigger trigger() {
    return plain.trigger();
  }

  @Override
  public Instant now() {
    return plain.now();
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public boolean dryRun() {
    return dryRun;
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public void checkpoint() {
    if (deadline.passed()) {
      throw GitVanException.of(Codes.TIMEOUT, "tested", "its deadline has passed", "");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw GitVanException.of(Codes.INTERRUPTED, "tested", "cancelled", "");
    }
  }

  @Override
  public Staging staging() {
    return new TransactionStaging(transaction, new CommitOrigin(runId(), "tested"));
  }

  @Override
  public Configuration configuration() {
    return new FakeConfiguration();
  }

  @Override
  public void artifact(Artifact artifact) {
    artifacts.add(artifact);
  }

  @Override
  public void secret(String value) {
    plain.secret(value);
  }

  @Override
  public void print(StandardStream stream, String line) {
    // Nobody looks.
  }

  @Override
  public void planned(PlannedEffect effect) {
    planned.add(effect);
  }

  @Override
  public void draft(Artifact file) {
    plain.draft(file);
  }

  @Override
  public boolean isPredictable() {
    return plain.isPredictable();
  }

  @Override
  public StepResult step(String type, String name, Duration timeout, StepBody body)
      throws Exception {
    try {
      var result = body.run();
      steps.add(type + " " + name);
      return result;
    } catch (Exception e) {
      steps.add(type + " " + name + " failed");
      throw e;
    }
  }

  @Override
  public Runnable asPartOfRun(Runnable work) {
    return work;
  }

  @Override
  public JobResult call(String job, Map<String, Object> inputs) {
    throw new UnsupportedOperationException();
  }
}
