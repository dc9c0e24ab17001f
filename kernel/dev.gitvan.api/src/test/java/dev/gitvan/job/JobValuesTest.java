package dev.gitvan.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobValuesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "changelog", "docs:changelog", "a.b_c-d:E9", "1", "a:b:c"})
  void theseAreJobNames(String name) {
    assertThat(JobDefinition.isName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "-a", ".a", "a:", ":a", "a::b", "a/b", "ä", "a\n", "--x"})
  void theseAreNot(String name) {
    assertThat(JobDefinition.isName(name)).isFalse();
  }

  @Test
  void namesHaveALimit() {
    assertThat(JobDefinition.isName("a".repeat(200))).isTrue();
    assertThat(JobDefinition.isName("a".repeat(201))).isFalse();
  }

  @Test
  void backoffDoubles() {
    var retries = new Retries(3, Duration.ofSeconds(1));
    assertThat(retries.before(1)).isZero();
    assertThat(retries.before(2)).isEqualTo(Duration.ofSeconds(1));
    assertThat(retries.before(3)).isEqualTo(Duration.ofSeconds(2));
    assertThat(retries.before(4)).isEqualTo(Duration.ofSeconds(4));
    assertThat(Retries.NONE.before(2)).isZero();
  }

  @Test
  void followingTriggerKeepsTheRefAndGoesDeeper() {
    var first = new Trigger(Trigger.Kind.EVENT, "refs/heads/main", "push", 2, "");
    assertThat(first.followedBy("01X", "changelog"))
        .isEqualTo(new Trigger(Trigger.Kind.JOB, "refs/heads/main", "changelog", 3, "01X"));
  }

  @Test
  void deadlinesCompareByTimeLeft() {
    var soon = Deadline.in(Duration.ofMinutes(1));
    var later = Deadline.in(Duration.ofHours(1));
    assertThat(later.earlier(soon)).isSameAs(soon);
    assertThat(soon.earlier(later)).isSameAs(soon);
    assertThat(soon.passed()).isFalse();
    var over = Deadline.in(Duration.ofSeconds(-1));
    assertThat(over.passed()).isTrue();
    assertThat(over.remaining()).isZero();
  }

  @Test
  void statusesAreWrittenInLowerCase() {
    assertThat(RunStatus.CANCELLED).hasToString("cancelled");
    assertThat(StepStatus.UNCHANGED).hasToString("unchanged");
  }

  @Test
  void definitionsHaveDefaults() {
    var origin = new JobOrigin(JobOrigin.Kind.FILE, "a.yaml:1");
    var definition = JobDefinition.builder("a", origin, "0123456789abcdef").build();
    assertThat(definition.version()).isEqualTo("0123456789ab");
    assertThat(definition.timeout()).isEqualTo(JobDefinition.DEFAULT_TIMEOUT);
    assertThat(definition.retries()).isEqualTo(Retries.NONE);
    assertThat(definition.priority()).isEqualTo(Priority.NORMAL);
    var builder = JobDefinition.builder("a", origin, "0123456789abcdef");
    assertThat(builder.build()).isEqualTo(definition).hasSameHashCodeAs(definition);
    assertThat(builder.version("1.0.0").build()).isNotEqualTo(definition);
  }
}
