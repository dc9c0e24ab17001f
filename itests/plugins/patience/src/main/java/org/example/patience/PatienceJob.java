package org.example.patience;

import dev.gitvan.job.spi.GitVanJob;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.job.spi.JobResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;

/** Waits for a file, then prints which version of this plugin has waited. */
@Component
@GitVanJob(name = "patience", description = "Wait for a file", inputs = "file=", timeout = "60s")
public class PatienceJob implements Job {
  private static final long PAUSE_MILLIS = 5;

  @Override
  public JobResult run(JobContext context) throws Exception {
    var file = Path.of(String.valueOf(context.inputs().get("file")));
    var begun = version();
    Files.writeString(Path.of(file + ".begun"), begun);
    while (!Files.exists(file)) {
      context.checkpoint();
      Thread.sleep(PAUSE_MILLIS);
    }
    // A class that is needed for the first time now: the bundle's own, also when a newer one is here.
    return JobResult.ok(new Farewell(begun, version()).text());
  }

  private static String version() {
    return FrameworkUtil.getBundle(PatienceJob.class).getVersion().toString();
  }
}
