package dev.gitvan.hook.spi;

import dev.gitvan.hook.HookPoint;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Contributes a hook point. Register it as a service with {@link GitVanHookPoint}. The bundle that
 * contributes a point fires its events, with {@link dev.gitvan.hook.HookRegistry#fire}. Hooks at
 * the point are active while the service is registered.
 */
@ConsumerType
@FunctionalInterface
public interface HookPointProvider {
  /**
   * Describes the point. Called once for each registration of the service.
   *
   * @return a point with the name that {@link GitVanHookPoint} says
   */
  HookPoint point();
}
