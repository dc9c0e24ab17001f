package dev.gitvan.shell.internal.diag.parts;

/** A component that waits for others. */
public final class Waiting implements Comparable<Object> {
  void bind(Object service) {}

  @Override
  public int compareTo(Object other) {
    return 0;
  }
}
