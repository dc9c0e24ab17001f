package org.example.greeting;

import dev.gitvan.diagnostics.spi.ErrorCodes;
import dev.gitvan.testkit.ErrorCodesContract;

class GreetingCodesTest extends ErrorCodesContract {
  @Override
  protected ErrorCodes contribution() {
    return new GreetingCodes();
  }

  @Override
  protected String prefix() {
    return GreetingCodes.PREFIX;
  }
}
