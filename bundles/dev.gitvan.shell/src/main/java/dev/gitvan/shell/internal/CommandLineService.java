package dev.gitvan.shell.internal;

import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntBiFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command line of a process: takes its arguments, returns its exit status. */
@Component(service = SharedService.class)
@GitVanSharedService(type = ToIntBiFunction.class)
public final class CommandLineService
    implements ToIntBiFunction<List<String>, Map<String, Object>>, SharedService {
  private final VerbRunner runner;

  @Activate
  public CommandLineService(@Reference VerbRunner runner) {
    this.runner = runner;
  }

  @Override
  public int applyAsInt(List<String> arguments, Map<String, Object> call) {
    return runner.run(arguments, Caller.of(call));
  }
}
