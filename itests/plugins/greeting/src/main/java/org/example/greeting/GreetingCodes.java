package org.example.greeting;

import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.spi.ErrorCodes;
import dev.gitvan.diagnostics.spi.GitVanErrorCodes;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The error codes of this bundle. */
@Component
@GitVanErrorCodes(prefix = GreetingCodes.PREFIX)
public class GreetingCodes implements ErrorCodes {
  static final String PREFIX = "GREETING";

  static final ErrorCode NOBODY =
      ErrorCode.of("GREETING_NOBODY", ExitStatus.NOT_FOUND, "There is nobody to greet.");
  static final ErrorCode PHRASE =
      ErrorCode.of("GREETING_PHRASE", ExitStatus.USER, "A line of the phrase book is not a phrase.");

  @Override
  public List<ErrorCode> codes() {
    return List.of(NOBODY, PHRASE);
  }
}
