package dev.gitvan.hook.spi;

import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOutcome;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Code called at a hook point. Register it as a service with {@link GitVanHook}; it must be safe
 * for several calls at once.
 */
@ConsumerType
@FunctionalInterface
public interface Hook {
  /**
   * Answers an event. The thread is interrupted at the limit and must then return soon.
   *
   * @throws Exception for a fault of the hook itself; at a gate it stops the operation like a veto
   */
  HookOutcome call(HookEvent event) throws Exception;
}
