package dev.gitvan.kernel.internal.swap;

/** A registry whose contributions are withdrawn before their bundle is replaced or stopped. */
public interface Swappable {
  /**
   * Withdraws a bundle's contributions: only activities that began before may use them.
   *
   * @param number of this withdrawal
   * @param returns whether those who look for them wait until {@link #settle}
   */
  void withdraw(long bundleId, long number, boolean returns);

  /** Whether nobody uses any of a bundle's withdrawn contributions. */
  boolean isIdle(long bundleId);

  /** Ends the use of a bundle's withdrawn contributions for good; false when one is in use. */
  boolean retire(long bundleId);

  /** Undoes {@link #retire}. */
  void revive(long bundleId);

  /**
   * The swap has ended: nobody waits any more, and what is still registered is in service again.
   */
  void settle(long bundleId);
}
