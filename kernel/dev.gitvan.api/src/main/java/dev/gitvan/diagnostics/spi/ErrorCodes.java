package dev.gitvan.diagnostics.spi;

import dev.gitvan.diagnostics.ErrorCode;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Contributes the error codes of a bundle, so that users can look them up and records of failed
 * runs keep their exit status. Register it as a service with {@link GitVanErrorCodes}. Must be safe
 * for any thread.
 *
 * <p>A {@link dev.gitvan.diagnostics.Problem} carries its code: it needs no contribution to end a
 * command with its exit status.
 */
@ConsumerType
@FunctionalInterface
public interface ErrorCodes {
  /**
   * Returns the codes: the same ones at every call.
   *
   * @return not null; every name starts with {@link GitVanErrorCodes#prefix} and an underscore
   */
  List<ErrorCode> codes();
}
