package dev.gitvan.hook;

import dev.gitvan.repository.WorktreeId;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Hook points, and the hooks that are called at them. All hooks of a point form one chain, whether
 * a {@linkplain dev.gitvan.hook.spi.HookSource source} defines them for the worktree or a bundle
 * contributes them. Only plugins that the worktree {@linkplain dev.gitvan.extension.Selection
 * selects} are called. Safe for any thread.
 */
@ProviderType
public interface HookRegistry {
  /**
   * Calls the hooks of the event's point: in parallel except where their {@link HookOrder} says
   * otherwise, each isolated and with a time limit. Returns when all have ended, at the latest
   * shortly after the event's limit. Whatever a hook or a source does is in the report, and never
   * thrown.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code HOOK_NOT_FOUND} if nothing contributes
   *     the point
   * @throws IllegalArgumentException if the event's data do not agree with what the point declares
   */
  HookReport fire(HookEvent event);

  /** The points: GitVan's, Git's, and those of plugins by name. */
  List<HookPoint> points();

  /**
   * The hooks of a worktree, by point and in the order of their chain; also those that cannot be
   * called, each with its problems.
   *
   * @param point null: all points
   * @throws dev.gitvan.diagnostics.GitVanException if the worktree's configuration cannot be read
   */
  List<HookListing> list(WorktreeId worktree, String point);
}
