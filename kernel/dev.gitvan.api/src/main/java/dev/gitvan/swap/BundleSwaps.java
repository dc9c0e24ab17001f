package dev.gitvan.swap;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Replaces, restarts, stops and uninstalls bundles without losing a run. A service of the kernel.
 * Safe for any thread; swaps run one after another.
 *
 * <p>A swap withdraws the contributions of the bundle, so that new calls use the new version or
 * wait for it; waits for the runs and commands that use the bundle; and only then stops the old
 * version. A run keeps what it uses until it ends: its job, its step types, its transaction, its
 * templates, its configuration. If the bundle is the kernel, or other bundles are wired to it, all
 * runs end first and new ones wait.
 *
 * <p>The framework's own commands, such as {@code felix:stop}, do not wait.
 */
@ProviderType
public interface BundleSwaps {
  /**
   * Executes a request and returns when it is complete.
   *
   * @return the bundle that is in service now; after {@link SwapRequest.Kind#UNINSTALL} the
   *     uninstalled one
   * @throws dev.gitvan.diagnostics.GitVanException {@code SWAP_BUSY} if runs still use the bundle
   *     at the limit (the message lists them); {@code PLUGIN_UNRESOLVED} or {@code
   *     PLUGIN_START_FAILED} if the new version cannot be resolved or started; {@code INTERRUPTED};
   *     in each case the old version stays in service
   */
  SwapResult swap(SwapRequest request);

  /**
   * Executes a request when the current command of this thread has returned, because a command
   * cannot replace its own code. A failure is printed as that of the command and determines its
   * exit status.
   *
   * @param done receives the result of the swap, on the command's thread
   * @throws IllegalStateException if this thread does not run a command
   */
  void swapAfterCommand(SwapRequest request, Consumer<SwapResult> done);
}
