package dev.gitvan.process;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A command that a {@link ProcessLauncher} has started.
 *
 * <p>Safe for use by multiple threads.
 */
@ProviderType
public interface LaunchedProcess extends AutoCloseable {
  /** The process ID of the command; it is also the ID of its process group if it leads one. */
  long pid();

  /**
   * Waits until the command has ended and its output was delivered. Processes that the command has
   * left in the background and that hold its output open are ended soon after the command.
   *
   * @throws InterruptedException if the waiting thread is interrupted. The command continues to run
   *     until it is cancelled or closed
   */
  ProcessExit await() throws InterruptedException;

  /**
   * Asks the whole group to end, and kills it after {@link ProcessSpec#grace}. Returns when the
   * command has ended, also if the thread is interrupted meanwhile; its interrupt status is kept.
   * Has no effect on a command that has ended.
   */
  void cancel();

  /** Cancels the command if it still runs. No more output is delivered afterwards. */
  @Override
  void close();
}
