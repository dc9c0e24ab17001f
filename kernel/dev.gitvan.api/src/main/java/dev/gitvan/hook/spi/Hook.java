package dev.gitvan.hook.spi;

import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOutcome;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Code that is called at hook points. Register it as a service with {@link GitVanHook}. Safe for
 * any thread: several events can be fired at once.
 */
@ConsumerType
@FunctionalInterface
public interface Hook {
  /**
   * Answers an event. The thread is interrupted at the limit; the hook must return soon after, or
   * it is not called any more.
   *
   * @return never null
   * @throws Exception when the hook itself fails; at a gate this stops the operation like a veto
   */
  HookOutcome call(HookEvent event) throws Exception;
}
