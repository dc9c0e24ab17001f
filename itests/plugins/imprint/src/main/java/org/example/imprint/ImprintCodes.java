package org.example.imprint;

import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.spi.ErrorCodes;
import dev.gitvan.diagnostics.spi.GitVanErrorCodes;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The error codes of this bundle. */
@Component
@GitVanErrorCodes(prefix = ImprintCodes.PREFIX)
public class ImprintCodes implements ErrorCodes {
  static final String PREFIX = "IMPRINT";

  static final ErrorCode NAME =
      ErrorCode.of(
          "IMPRINT_NAME",
          ExitStatus.USER,
          "A value that is not the name of a file in the root of the worktree.");

  @Override
  public List<ErrorCode> codes() {
    return List.of(NAME);
  }
}
