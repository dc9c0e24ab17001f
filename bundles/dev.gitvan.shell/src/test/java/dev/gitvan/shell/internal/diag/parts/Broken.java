package dev.gitvan.shell.internal.diag.parts;

/** A component whose constructor fails. */
public final class Broken implements Runnable {
  public Broken() {
    throw new IllegalStateException("no licence key");
  }

  @Override
  public void run() {}
}
