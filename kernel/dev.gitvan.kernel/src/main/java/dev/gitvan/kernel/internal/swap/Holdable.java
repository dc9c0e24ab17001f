package dev.gitvan.kernel.internal.swap;

/** Something of a bundle that activities use and that stays until they release it. */
public interface Holdable {
  /** Adds a holder; false when it cannot be used any more. */
  boolean addHolder();

  /** Removes a holder. */
  void release();

  /** Id of its bundle. */
  long bundleId();

  /** Symbolic name and version of its bundle. */
  String bundle();

  /** Whether it was removed while somebody used it, without a swap that waited for them. */
  boolean isLost();
}
