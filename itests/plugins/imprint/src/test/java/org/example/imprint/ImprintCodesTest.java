package org.example.imprint;

import dev.gitvan.diagnostics.spi.ErrorCodes;
import dev.gitvan.testkit.ErrorCodesContract;

class ImprintCodesTest extends ErrorCodesContract {
  @Override
  protected ErrorCodes contribution() {
    return new ImprintCodes();
  }

  @Override
  protected String prefix() {
    return ImprintCodes.PREFIX;
  }
}
