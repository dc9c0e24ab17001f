package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Verb;
import dev.gitvan.config.Configurations;
import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.locks.JGitLocks;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.git.jgit.internal.write.JGitTransactions;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.JobRunner;
import dev.gitvan.job.RunListener;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.StepStatus;
import dev.gitvan.kernel.internal.cache.Caches;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.shell.internal.ShellFixture;
import dev.gitvan.shell.internal.completion.CompletionVerb;
import dev.gitvan.shell.internal.diag.TestFramework;
import dev.gitvan.shell.internal.gogo.ShellProcess;
import dev.gitvan.testkit.FakeExtensionPoint;
import dev.gitvan.testkit.GitSandbox;
import dev.gitvan.testkit.SampleReceipt;
import dev.gitvan.testkit.VerbContract;
import dev.gitvan.testkit.kernel.InMemoryKernel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of each of GitVan's own verbs. */
class VerbContractsTest {
  private static final Documents DOCUMENTS = new DocumentsService();
  private static final Configurations CONFIGURATIONS =
      ConfigurationsService.with(DOCUMENTS, Metrics.NONE);

  @TempDir static Path storage;
  private static TestFramework framework;

  @BeforeAll
  static void startFramework() throws Exception {
    framework = new TestFramework(storage);
  }

  @AfterAll
  static void stopFramework() throws Exception {
    framework.close();
  }

  @Nested
  class Bundle extends VerbContract {
    @Override
    protected Verb verb() {
      return new BundleVerb(framework.context(), null);
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(List.of("list"));
    }

    @Override
    protected Map<List<String>, ErrorCode> failures() {
      return Map.of(List.of("start", "org.example.missing"), Codes.PLUGIN_NOT_FOUND);
    }
  }

  @Nested
  class Cache extends VerbContract {
    private final Caches caches =
        new Caches(new Kernel(), () -> Metrics.NONE, () -> null, 1, Duration.ofSeconds(1));

    @AfterEach
    void close() {
      caches.close();
    }

    @Override
    protected Verb verb() {
      return new CacheVerb(caches);
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(List.of("show"), List.of("clear"), List.of("verify"));
    }

    @Override
    protected Map<List<String>, ErrorCode> failures() {
      return Map.of(
          List.of("show", "missing"), Codes.CACHE_NOT_FOUND,
          List.of("clear", "missing"), Codes.CACHE_NOT_FOUND);
    }
  }

  @Nested
  class Completion extends VerbContract {
    private final ShellFixture shell =
        new ShellFixture().verb("job", () -> new JobVerb(new SampleJobs(), DOCUMENTS));

    @Override
    protected Verb verb() {
      return new CompletionVerb(shell.registry);
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(List.of("bash"), List.of("zsh"), List.of("fish"));
    }

    /** The result is a script. */
    @Override
    protected List<List<String>> jsonSuccesses() {
      return List.of();
    }
  }

  @Nested
  class Config extends VerbContract {
    @Override
    protected Verb verb() {
      return new ConfigVerb(CONFIGURATIONS, new SampleJobs(), DOCUMENTS);
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(List.of("show"), List.of("schema"), List.of("path"));
    }

    /** The schema itself is JSON. */
    @Override
    protected List<List<String>> jsonSuccesses() {
      return List.of(List.of("show"), List.of("path"));
    }
  }

  @Nested
  class Diag extends VerbContract {
    @Override
    protected Verb verb() {
      return new DiagVerb(
          framework.context(), framework.components(), List.of(), TestFramework.noHealthChecks());
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(List.of());
    }
  }

  @Nested
  class ErrorCodes extends VerbContract {
    @Override
    protected Verb verb() {
      return new ErrorVerb(new ListedErrors());
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(List.of("list"), List.of("show", "USAGE"));
    }

    @Override
    protected Map<List<String>, ErrorCode> failures() {
      return Map.of(List.of("show", "MISSING"), Codes.CODE_NOT_FOUND);
    }
  }

  @Nested
  class Init extends VerbContract {
    private Repositories repositories;

    @Override
    protected void prepare(GitSandbox repository) {
      repositories = new Repositories(repository.environment());
    }

    @AfterEach
    void close() {
      if (repositories != null) {
        repositories.close();
      }
    }

    @Override
    protected Verb verb() {
      return new InitVerb(
          repositories == null
              ? null
              : new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher())));
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(List.of(), List.of("--format", "json"));
    }

    @Override
    protected Map<List<String>, ErrorCode> failures() {
      return Map.of(List.of("--format", "toml"), Codes.USAGE);
    }
  }

  @Nested
  class Job extends VerbContract {
    @Override
    protected Verb verb() {
      return new JobVerb(new SampleJobs(), DOCUMENTS);
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(
          List.of("list"), List.of("show", "changelog"), List.of("validate", "changelog"));
    }

    @Override
    protected Map<List<String>, ErrorCode> failures() {
      return Map.of(
          List.of("show", "missing"), Codes.JOB_NOT_FOUND,
          List.of("validate", "missing"), Codes.JOB_NOT_FOUND);
    }
  }

  @Nested
  class Lock extends VerbContract {
    private JGitLocks locks;

    @Override
    protected void prepare(GitSandbox repository) {
      locks = new JGitLocks(new Repositories(repository.environment()), Metrics.NONE);
    }

    @Override
    protected Verb verb() {
      return new LockVerb(locks);
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(List.of("list"));
    }

    @Override
    protected Map<List<String>, ErrorCode> failures() {
      return Map.of(List.of("release", "missing"), Codes.LOCK_NOT_FOUND);
    }
  }

  @Nested
  class Perf extends VerbContract {
    private final Exporters exporters = exporters();

    private static Exporters exporters() {
      var point = new FakeExtensionPoint<dev.gitvan.metrics.spi.MetricExporter, String>();
      point.add("csv", "csv", metrics -> "a,b\n");
      return new Exporters(point);
    }

    @Override
    protected Verb verb() {
      return new PerfVerb(Metrics.NONE, exporters);
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(List.of("stats"), List.of("export", "--format", "csv"));
    }

    /** An export has the format that was asked for. */
    @Override
    protected List<List<String>> jsonSuccesses() {
      return List.of(List.of("stats"));
    }

    @Override
    protected Map<List<String>, ErrorCode> failures() {
      return Map.of(
          List.of("stats", "missing"), Codes.USAGE,
          List.of("export", "--format", "missing"), Codes.USAGE);
    }
  }

  @Nested
  class Receipt extends VerbContract {
    private static final String ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private JGitTransactions transactions;

    @Override
    protected void prepare(GitSandbox repository) {
      transactions =
          new JGitTransactions(
              new Repositories(repository.environment()),
              DOCUMENTS,
              CONFIGURATIONS,
              Metrics.NONE,
              new LocalLauncher());
      try (var transaction = transactions.begin(repository.worktree(), false)) {
        transaction.apply(List.of(SampleReceipt.of(ID, "contract", transaction.base())));
      }
    }

    @Override
    protected Verb verb() {
      return new ReceiptVerb(transactions, DOCUMENTS, null);
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(List.of("list"), List.of("show", ID), List.of("verify"));
    }

    @Override
    protected Map<List<String>, ErrorCode> failures() {
      return Map.of(
          List.of("show", "missing"), Codes.RECEIPT_NOT_FOUND,
          List.of("list", "--limit", "0"), Codes.USAGE,
          List.of("sync"), Codes.NO_TRANSACTION);
    }
  }

  @Nested
  class Queue extends VerbContract {
    @Override
    protected Verb verb() {
      return new QueueVerb(new ScriptedRunner(), DOCUMENTS);
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(List.of("list"), List.of("list", "--all"));
    }

    @Override
    protected Map<List<String>, ErrorCode> failures() {
      return Map.of(
          List.of("show", "01NONE"), Codes.RUN_NOT_FOUND,
          List.of("cancel", "01NONE"), Codes.RUN_NOT_FOUND);
    }
  }

  @Nested
  class Run extends VerbContract {
    @Override
    protected Verb verb() {
      return new RunVerb(new SampleJobs(), new ScriptedRunner(), new ListedErrors(), DOCUMENTS);
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(List.of("changelog"), List.of("changelog", "-i", "limit=1", "--dry-run"));
    }

    @Override
    protected Map<List<String>, ErrorCode> failures() {
      return Map.of(
          List.of("missing"), Codes.JOB_NOT_FOUND,
          List.of("changelog", "--detach"), Codes.DAEMON_UNAVAILABLE,
          List.of("changelog", "--timeout", "soon"), Codes.JOB_TIMEOUT_INVALID);
    }
  }

  private static final class ScriptedRunner implements JobRunner {
    @Override
    public JobRun submit(JobOrder order, RunListener listener) {
      if (order.job().equals("missing")) {
        throw GitVanException.of(Codes.JOB_NOT_FOUND, "missing", "there is no such job", "");
      }
      return new ScriptedRun(order).ends(RunStatus.OK, StepStatus.OK, "abcdef0123456789", null);
    }

    @Override
    public Optional<JobRun> find(String id) {
      return Optional.empty();
    }

    @Override
    public List<JobRun> list() {
      return List.of();
    }

    @Override
    public Subscription listen(RunListener listener) {
      return () -> {};
    }
  }

  @Nested
  class Shell extends VerbContract {
    @Override
    protected Verb verb() {
      return new ShellVerb(new ShellProcess());
    }

    /** It succeeds on a command line of its own only. */
    @Override
    protected List<List<String>> successes() {
      return List.of();
    }

    @Override
    protected Map<List<String>, ErrorCode> failures() {
      return Map.of(List.of(), Codes.USAGE);
    }
  }

  @Nested
  class Template extends VerbContract {
    private InMemoryKernel kernel;

    @Override
    protected void prepare(GitSandbox repository) {
      repository.write(".gitvan/templates/hello.md.peb", "Hello, {{ name }}!\n");
      repository.write(
          ".gitvan/templates/page.md.peb", "---\nto: page.md\n---\nHello, {{ name }}!\n");
      kernel = InMemoryKernel.builder(repository.root()).build();
    }

    @AfterEach
    void close() {
      if (kernel != null) {
        kernel.close();
      }
    }

    @Override
    protected Verb verb() {
      return kernel == null
          ? new TemplateVerb(null, null, DOCUMENTS)
          : new TemplateVerb(kernel.templates(), kernel.configurations(), DOCUMENTS);
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(
          List.of("render", "hello.md.peb", "-d", "name=Ada"),
          List.of("render", "hello.md.peb", "-d", "name=Ada", "--out", "hello.md"),
          List.of("plan", "page.md.peb", "-d", "name=Ada"),
          List.of("apply", "page.md.peb", "-d", "name=Ada"),
          List.of("list"),
          List.of("check"));
    }

    /** A rendering on standard output is the result itself. */
    @Override
    protected List<List<String>> jsonSuccesses() {
      return successes().subList(1, successes().size());
    }

    @Override
    protected Map<List<String>, ErrorCode> failures() {
      return Map.of(
          List.of("render", "missing.md.peb"), Codes.TEMPLATE_NOT_FOUND,
          List.of("render", "hello.md.peb"), Codes.TEMPLATE_UNDEFINED);
    }
  }

  @Nested
  class Version extends VerbContract {
    @Override
    protected Verb verb() {
      return new VersionVerb(framework.context());
    }

    @Override
    protected List<List<String>> successes() {
      return List.of(List.of());
    }
  }
}
