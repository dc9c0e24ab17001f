package dev.gitvan.shell.internal.diag.parts;

/** A component that works. */
public final class Working implements Runnable {
  @Override
  public void run() {}
}
