package dev.gitvan.git;

import java.io.IOException;

/** An object whose content is not what its id says. */
public class DamagedObjectException extends IOException {
  private static final long serialVersionUID = 1L;

  public DamagedObjectException(String id, Throwable cause) {
    super("object " + id + " is damaged", cause);
  }
}
