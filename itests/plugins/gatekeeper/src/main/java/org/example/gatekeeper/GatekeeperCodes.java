package org.example.gatekeeper;

import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.spi.ErrorCodes;
import dev.gitvan.diagnostics.spi.GitVanErrorCodes;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The error codes of this bundle. */
@Component
@GitVanErrorCodes(prefix = GatekeeperCodes.PREFIX)
public class GatekeeperCodes implements ErrorCodes {
  static final String PREFIX = "GATEKEEPER";

  static final ErrorCode SYNTAX =
      ErrorCode.of(
          "GATEKEEPER_SYNTAX",
          ExitStatus.USER,
          "A line of .gatekeeper that is not a name, a hook point and a file.");

  @Override
  public List<ErrorCode> codes() {
    return List.of(SYNTAX);
  }
}
