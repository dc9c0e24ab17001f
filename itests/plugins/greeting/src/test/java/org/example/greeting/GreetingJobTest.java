package org.example.greeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.spi.Job;
import dev.gitvan.testkit.FakeConfiguration;
import dev.gitvan.testkit.JobContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GreetingJobTest extends JobContract {
  @Override
  protected Job job() {
    return new GreetingJob();
  }

  @Override
  protected Map<String, Object> inputs() {
    return Map.of("name", "world");
  }

  @Test
  void greetsWhomItsInputNames() throws Exception {
    var context = context();
    job().run(context);
    assertThat(context.printed).containsExactly("OUT Hello, world!");
  }

  @Test
  void refusesABlankName() {
    var context = context();
    context.inputs = Map.of("name", " ");
    assertThatThrownBy(() -> job().run(context))
        .isInstanceOfSatisfying(
            GitVanException.class,
            e -> assertThat(e.code()).isEqualTo(GreetingCodes.NOBODY));
  }

  @Test
  void shoutsWhereTheConfigurationAsksForIt() throws Exception {
    var context = context();
    context.configuration = new FakeConfiguration().with(GreetingSection.LOUD, true);
    job().run(context);
    assertThat(context.printed).containsExactly("OUT HELLO, WORLD!");
  }
}
