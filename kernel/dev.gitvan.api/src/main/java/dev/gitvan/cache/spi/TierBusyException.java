package dev.gitvan.cache.spi;

import java.io.IOException;

/** Another process uses the tier exclusively. */
public class TierBusyException extends IOException {
  private static final long serialVersionUID = 1L;

  public TierBusyException(String message) {
    super(message);
  }
}
