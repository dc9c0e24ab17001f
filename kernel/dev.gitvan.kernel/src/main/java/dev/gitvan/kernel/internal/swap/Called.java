package dev.gitvan.kernel.internal.swap;

/** A contribution that an activity calls, and that is not called any more if it does not return. */
public interface Called {
  /** Id of its bundle. */
  long bundleId();

  /** Takes it out until its bundle registers it again. */
  void quarantine(String reason);
}
