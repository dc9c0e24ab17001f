package dev.gitvan.swap;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Replaces, restarts, stops and uninstalls bundles without losing a run. A service of the kernel.
 * Safe for any thread; swaps run one after another.
 *
 * <p>A swap withdraws what the bundle contributes, so that new calls go to the new version or wait
 * for it; lets the runs and commands that use the bundle end; and only then stops the old version.
 * What a run has used it may use until it ends: its job, its step types, its transaction, its
 * templates, its configuration. Where the bundle is the kernel, or others are wired to it, all runs
 * end first and new ones wait.
 *
 * <p>The framework's own commands, such as {@code felix:stop}, do not wait for anybody.
 */
@ProviderType
public interface BundleSwaps {
  /**
   * Carries out a request and returns when it is done.
   *
   * @return the bundle that is in service now; after {@link SwapRequest.Kind#UNINSTALL} the
   *     uninstalled one
   * @throws dev.gitvan.diagnostics.GitVanException {@code SWAP_BUSY} when runs use the bundle until
   *     the limit, which the message names; {@code PLUGIN_UNRESOLVED} or {@code
   *     PLUGIN_START_FAILED} when the new version does not resolve or start; {@code INTERRUPTED};
   *     in each case the old version stays in service
   */
  SwapResult swap(SwapRequest request);

  /**
   * Carries out a request when the command that this thread runs has returned: a command cannot
   * replace the code that it runs on. A failure is printed as the command's, and gives its exit
   * status.
   *
   * @param done told how the swap ended, on the command's thread
   * @throws IllegalStateException when this thread runs no command
   */
  void swapAfterCommand(SwapRequest request, Consumer<SwapResult> done);
}
