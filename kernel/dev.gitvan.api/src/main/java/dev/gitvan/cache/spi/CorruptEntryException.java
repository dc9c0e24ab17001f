package dev.gitvan.cache.spi;

import java.io.IOException;

/** An entry failed its check. The tier has deleted it. */
public class CorruptEntryException extends IOException {
  private static final long serialVersionUID = 1L;

  public CorruptEntryException(String message) {
    super(message);
  }
}
