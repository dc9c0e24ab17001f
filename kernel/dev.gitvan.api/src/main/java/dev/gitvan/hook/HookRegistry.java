package dev.gitvan.hook;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The hooks that bundles contribute, by point; ordered by {@code service.ranking}, highest first,
 * then by lowest service id. Of hooks of one name in several versions of a bundle only the newest
 * version's are called. Safe for any thread.
 */
@ProviderType
public interface HookRegistry {
  /**
   * Calls every hook of the event's point, in parallel, each isolated, timed and limited. Never
   * throws for what a hook does.
   */
  HookReport fire(HookEvent event);

  /** The hooks of a point, in order; of every point when it is null. */
  List<HookDescription> list(String point);

  /**
   * A contributed hook.
   *
   * @param bundle symbolic name and version
   */
  record HookDescription(String name, String point, String bundle, int ranking) {}
}
