package dev.gitvan.kernel.internal.hook;

import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.hook.HookDefinition;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.spi.HookSource;
import dev.gitvan.hook.spi.HookSource.Found;
import dev.gitvan.kernel.internal.Contribution;
import java.util.function.Consumer;

/**
 * A hook of a source, for one event.
 *
 * @param stuck called with the reason when it does not end
 */
record SourceHook(
    Contribution<HookSource, String> source,
    Found.Valid found,
    HookEvent event,
    Consumer<String> stuck)
    implements ChainMember {

  @Override
  public HookDefinition definition() {
    return found.definition();
  }

  @Override
  public Answer<HookOutcome> call() {
    return source.plugin().call(service -> found.hook().call(event));
  }

  @Override
  public void quarantine(String how) {
    stuck.accept("it " + how + " until its definition changes");
  }
}
