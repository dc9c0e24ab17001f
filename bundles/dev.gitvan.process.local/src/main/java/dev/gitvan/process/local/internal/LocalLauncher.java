package dev.gitvan.process.local.internal;

import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.process.LaunchedProcess;
import dev.gitvan.process.ProcessLauncher;
import dev.gitvan.process.ProcessSpec;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Starts commands as children of this JVM. It keeps no list of them: a run that uses one keeps this
 * component in service until it has ended.
 */
@Component(service = SharedService.class)
@GitVanSharedService(type = ProcessLauncher.class)
public final class LocalLauncher implements ProcessLauncher, SharedService {
  private final Watcher watcher = new Watcher();

  @Override
  public LaunchedProcess start(ProcessSpec spec) throws IOException {
    return LocalProcess.start(spec, watcher);
  }

  /** Ends no command: what a bundle is stopped under may go on. */
  @Deactivate
  public void close() {
    watcher.retire();
  }
}
