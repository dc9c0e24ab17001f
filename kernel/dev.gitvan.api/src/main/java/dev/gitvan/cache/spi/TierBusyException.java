package dev.gitvan.cache.spi;

import java.io.IOException;

/** Another process has the tier for itself. */
public class TierBusyException extends IOException {
  private static final long serialVersionUID = 1L;

  public TierBusyException(String message) {
    super(message);
  }
}
