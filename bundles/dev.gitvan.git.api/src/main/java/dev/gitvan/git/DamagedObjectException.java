package dev.gitvan.git;

import java.io.IOException;

/** The content of an object does not match its id. */
public class DamagedObjectException extends IOException {
  private static final long serialVersionUID = 1L;

  public DamagedObjectException(String id, Throwable cause) {
    super("object " + id + " is damaged", cause);
  }
}
