package org.example.gatekeeper;

import dev.gitvan.diagnostics.spi.ErrorCodes;
import dev.gitvan.testkit.ErrorCodesContract;

class GatekeeperCodesTest extends ErrorCodesContract {
  @Override
  protected ErrorCodes contribution() {
    return new GatekeeperCodes();
  }

  @Override
  protected String prefix() {
    return GatekeeperCodes.PREFIX;
  }
}
