package dev.gitvan.process;

import java.util.Objects;

/**
 * How a command ended.
 *
 * @param status the exit status; 128 plus the signal's number for a command that a signal ended,
 *     where the operating system has signals
 * @param reason why it ended
 * @param outputComplete whether standard output was delivered to its end. False if a process that
 *     left the group still holds it open, and for a command that was ended while it printed
 */
public record ProcessExit(int status, Reason reason, boolean outputComplete) {
  /** Why a command ended. */
  public enum Reason {
    /** It ended by itself, or by a signal from elsewhere. */
    EXITED,
    /** It was cancelled. */
    CANCELLED,
    /** It reached {@link ProcessSpec#timeLimit}. */
    TIME_LIMIT,
    /** It printed more than {@link ProcessOutput.Sink#limit}. */
    OUTPUT_LIMIT
  }

  public ProcessExit {
    Objects.requireNonNull(reason, "reason");
  }

  /** Whether the command ended by itself with status 0. */
  public boolean isSuccess() {
    return reason == Reason.EXITED && status == 0;
  }
}
