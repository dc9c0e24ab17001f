package dev.gitvan.kernel.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.event.Condition;
import dev.gitvan.event.JobTrigger;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobInput;
import dev.gitvan.job.JobListing;
import dev.gitvan.job.JobOrigin;
import dev.gitvan.job.Priority;
import dev.gitvan.job.Retries;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.JobSource;
import dev.gitvan.job.spi.JobSource.Found;
import dev.gitvan.kernel.internal.Contributions;
import dev.gitvan.kernel.internal.Offers;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.FakeConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobsTest {
  private static final Path GIT = Path.of("/repo/.git").toAbsolutePath();
  private static final WorktreeId WORKTREE =
      new WorktreeId(GIT, new RepositoryId(GIT), GIT.getParent());

  private final DocumentsService documents = new DocumentsService();
  private final Jobs jobs = new Jobs(new Kernel(), documents, tree -> new FakeConfiguration());

  private static Offers<Job> job(String name) {
    return Offers.<Job>of(context -> JobResult.ok(name)).with("gitvan.job.name", name);
  }

  private static JobDefinition file(String name) {
    return JobDefinition.builder(
            name,
            new JobOrigin(JobOrigin.Kind.FILE, ".gitvan/jobs/" + name + ".yaml:1"),
            "fingerprint of " + name)
        .description("from a file")
        .build();
  }

  private void source(JobSource source) {
    jobs.addSource(Offers.of(source).offer());
  }

  @Test
  void readsEverythingThatTheAnnotationSays() {
    jobs.add(
        job("docs:greet")
            .with("gitvan.job.description", "Say hello")
            .with("gitvan.job.on", new String[] {"{ push: main, paths: 'src/**' }"})
            .with("gitvan.job.inputs", new String[] {"limit=10", "name=a=b", "tags=[x, y]"})
            .with("gitvan.job.timeout", "30s")
            .with("gitvan.job.retries", 2)
            .with("gitvan.job.backoff", "250ms")
            .with("gitvan.job.priority", "high")
            .with("gitvan.job.then", "other")
            .bundle("org.example.greet", "1.2.3", 5)
            .offer());

    var definition = jobs.find(WORKTREE, "docs:greet");
    assertThat(definition.description()).isEqualTo("Say hello");
    assertThat(definition.on())
        .containsExactly(
            new JobTrigger.OnEvent(
                List.of(
                    new Condition.Push(List.of("main")), new Condition.Paths(List.of("src/**")))));
    assertThat(definition.inputs())
        .isEqualTo(
            Map.of(
                "limit", JobInput.of(10L),
                "name", JobInput.of("a=b"),
                "tags", JobInput.of(List.of("x", "y"))));
    assertThat(definition.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(definition.retries()).isEqualTo(new Retries(2, Duration.ofMillis(250)));
    assertThat(definition.priority()).isEqualTo(Priority.HIGH);
    assertThat(definition.then()).containsExactly("other");
    assertThat(definition.version()).isEqualTo("1.2.3");
    assertThat(definition.origin())
        .isEqualTo(new JobOrigin(JobOrigin.Kind.BUNDLE, "org.example.greet 1.2.3"));
    assertThat(definition.fingerprint()).matches("[0-9a-f]{64}");
  }

  @Test
  void fingerprintIsThatOfContentAndVersionOnly() {
    jobs.add(job("a").bundle("x", "1", 1).ranking(3).offer());
    var one = jobs.find(WORKTREE, "a").fingerprint();
    var again = new Jobs(new Kernel(), documents, tree -> new FakeConfiguration());
    again.add(job("a").bundle("x", "1", 99).offer());
    assertThat(again.find(WORKTREE, "a").fingerprint()).isEqualTo(one);

    var other = new Jobs(new Kernel(), documents, tree -> new FakeConfiguration());
    other.add(job("a").bundle("x", "2", 1).offer());
    assertThat(other.find(WORKTREE, "a").fingerprint()).isNotEqualTo(one);
  }

  @Test
  void misspeltTriggerKeyIsRejectedWithTheNearest() {
    jobs.add(job("a").with("gitvan.job.on", "{ pusch: main }").offer());
    assertThat(jobs.rejections())
        .singleElement()
        .extracting(Rejection::reason)
        .isEqualTo(
            "gitvan.job.on is { pusch: main }: there is no key pusch in a trigger. Did you mean"
                + " push?");
  }

  @Test
  void rejectsWithAReasonCodeWhateverIsWrong() {
    jobs.add(Offers.<Job>of(c -> JobResult.ok()).offer());
    jobs.add(job("no spaces").offer());
    jobs.add(job("a").with("gitvan.job.on", "push: [").offer());
    jobs.add(job("a").with("gitvan.job.on", "just text").offer());
    jobs.add(job("a").with("gitvan.job.inputs", "novalue").offer());
    jobs.add(job("a").with("gitvan.job.timeout", "-5s").offer());
    jobs.add(job("a").with("gitvan.job.secrets", "token").offer());
    jobs.add(
        job("a").with("gitvan.job.inputs", "token=x").with("gitvan.job.secrets", "token").offer());
    jobs.add(job("a").with("gitvan.job.timeout", "0s").offer());
    jobs.add(job("a").with("gitvan.job.retries", 11).offer());
    jobs.add(job("a").with("gitvan.job.priority", "urgent").offer());
    jobs.add(job("a").with("gitvan.job.then", "b c").offer());

    assertThat(jobs.rejections())
        .extracting(Rejection::code)
        .containsExactly(
            "NAME_MISSING",
            "NAME_INVALID",
            "ON_INVALID",
            "ON_INVALID",
            "INPUT_INVALID",
            "TIMEOUT_INVALID",
            "SECRETS_INVALID",
            "SECRETS_INVALID",
            "TIMEOUT_INVALID",
            "RETRIES_INVALID",
            "PRIORITY_INVALID",
            "THEN_INVALID");
    assertThat(jobs.list(WORKTREE)).isEmpty();
  }

  @Test
  void filesHideBundlesAndSayWhat() {
    jobs.add(job("greet").bundle("org.example", "1", 1).offer());
    jobs.add(job("bundled").offer());
    source(
        (worktree, configuration) -> List.of(new Found.Valid(file("greet"), c -> JobResult.ok())));

    assertThat(jobs.list(WORKTREE))
        .extracting(JobListing::name)
        .containsExactly("bundled", "greet");
    var greet = jobs.list(WORKTREE).get(1);
    assertThat(greet.definition().description()).isEqualTo("from a file");
    assertThat(greet.hidden())
        .containsExactly(new JobOrigin(JobOrigin.Kind.BUNDLE, "org.example 1.0.0"));
    assertThat(jobs.find(WORKTREE, "greet").origin().kind()).isEqualTo(JobOrigin.Kind.FILE);
  }

  @Test
  void highestRankingWinsAmongBundles() {
    jobs.add(job("greet").bundle("a", "1", 1).offer());
    jobs.add(job("greet").bundle("b", "1", 2).ranking(1).offer());

    assertThat(jobs.find(WORKTREE, "greet").origin().location()).isEqualTo("b 1.0.0");
    assertThat(jobs.list(WORKTREE).get(0).hidden()).hasSize(1);
  }

  @Test
  void brokenDefinitionsAreListedAndCannotBeFound() {
    var problem = new Problem(Codes.CONFIG_UNKNOWN_KEY, "x.yaml:1:1", "no such key", "");
    var origin = new JobOrigin(JobOrigin.Kind.FILE, "x.yaml:1");
    source((worktree, configuration) -> List.of(new Found.Invalid("x", origin, List.of(problem))));
    jobs.add(job("x").offer());

    assertThat(jobs.list(WORKTREE).get(0).problem()).isEqualTo(problem);
    assertThat(jobs.list(WORKTREE).get(0).isValid()).isFalse();
    assertThatThrownBy(() -> jobs.find(WORKTREE, "x"))
        .isInstanceOfSatisfying(
            GitVanException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  @Test
  void unknownJobGetsTheNearestNames() {
    jobs.add(job("changelog").offer());
    assertThatThrownBy(() -> jobs.find(WORKTREE, "chagnelog"))
        .hasMessageContaining("JOB_NOT_FOUND chagnelog")
        .hasMessageContaining("Did you mean changelog?");
    assertThatThrownBy(() -> jobs.find(WORKTREE, "")).hasMessageContaining("JOB_NOT_FOUND");
  }

  @Test
  void aBareRepositoryIsToldWhyItHasNoJobs() {
    var bare = new WorktreeId(GIT, new RepositoryId(GIT), null);
    assertThatThrownBy(() -> jobs.resolve(bare, new FakeConfiguration(), "changelog"))
        .hasMessageContaining("JOB_NOT_FOUND changelog")
        .hasMessageContaining("A bare repository has no job files");
  }

  @Test
  void unreadableConfigurationReachesTheCaller() {
    source(
        (worktree, configuration) -> {
          throw GitVanException.of(Codes.CONFIG_PARSE, "gitvan.yaml:1:1", "bad", "");
        });
    assertThatThrownBy(() -> jobs.list(WORKTREE)).hasMessageContaining(Codes.CONFIG_PARSE.name());
  }

  @Test
  void sourceThatFailsTakesOnlyItselfOut() {
    var broken = new boolean[] {true};
    source(
        (worktree, configuration) -> {
          if (broken[0]) {
            throw new IllegalStateException("oops");
          }
          return List.of(new Found.Valid(file("late"), c -> JobResult.ok()));
        });
    jobs.add(job("greet").offer());

    assertThat(jobs.list(WORKTREE)).extracting(JobListing::name).containsExactly("greet");
    assertThat(jobs.rejections())
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo("SOURCE_FAILED"));

    broken[0] = false;
    assertThat(jobs.list(WORKTREE)).hasSize(2);
    assertThat(jobs.rejections()).isEmpty();
  }

  @Test
  void quarantineRefusesAllJobsOfTheBundleNamingTheReason() {
    jobs.add(job("a").bundle("x", "1", 1).offer());
    jobs.add(job("b").bundle("x", "1", 1).offer());
    jobs.add(job("c").bundle("y", "1", 2).offer());
    jobs.resolve(WORKTREE, new FakeConfiguration(), "a").body().quarantine("did not end");

    assertThatThrownBy(() -> jobs.find(WORKTREE, "b"))
        .hasMessageContaining(Codes.JOB_NO_HANDLER.name())
        .hasMessageContaining("job a did not end");
    assertThat(jobs.find(WORKTREE, "c")).isNotNull();
    assertThat(jobs.rejections())
        .extracting(Rejection::code)
        .containsOnly(Contributions.QUARANTINED)
        .hasSize(2);
  }

  @Test
  void quarantineOfAFilesJobRefusesThatDefinitionAlone() {
    source(
        (worktree, configuration) ->
            List.of(
                new Found.Valid(file("a"), c -> JobResult.ok()),
                new Found.Valid(file("b"), c -> JobResult.ok())));
    jobs.resolve(WORKTREE, new FakeConfiguration(), "a").body().quarantine("did not end");

    assertThatThrownBy(() -> jobs.find(WORKTREE, "a"))
        .hasMessageContaining(Codes.JOB_NO_HANDLER.name());
    assertThat(jobs.find(WORKTREE, "b")).isNotNull();
    assertThat(jobs.list(WORKTREE).get(0).isValid()).isFalse();
  }

  @Test
  void resolvedJobKnowsWhetherItIsStillCurrent() {
    var old = job("a").bundle("x", "1", 1);
    jobs.add(old.offer());
    var entry = jobs.resolve(WORKTREE, new FakeConfiguration(), "a");
    assertThat(entry.body().isCurrent()).isTrue();

    jobs.add(job("a").bundle("x", "2", 2).offer());
    assertThat(entry.body().isCurrent()).isFalse();
    assertThat(jobs.find(WORKTREE, "a").version()).isEqualTo("2.0.0");
  }
}
