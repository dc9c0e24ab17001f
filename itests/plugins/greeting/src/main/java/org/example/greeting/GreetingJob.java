package org.example.greeting;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.StandardStream;
import dev.gitvan.job.spi.GitVanJob;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.job.spi.JobResult;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;

/** Greets whom its input names. */
@Component
@GitVanJob(name = "greeting", description = "Say hello", inputs = "name=world", timeout = "30s")
public class GreetingJob implements Job {
  @Override
  public JobResult run(JobContext context) {
    var name = String.valueOf(context.inputs().get("name"));
    if (name.isBlank()) {
      throw GitVanException.of(
          GreetingCodes.NOBODY,
          context.definition().name(),
          "the name is blank",
          "Pass one, such as -i name=world.");
    }
    var greeting = "Hello, " + name + "!";
    if (context.configuration().get(GreetingSection.LOUD)) {
      greeting = greeting.toUpperCase(Locale.ROOT);
    }
    context.print(StandardStream.OUT, greeting);
    return JobResult.ok(greeting);
  }
}
