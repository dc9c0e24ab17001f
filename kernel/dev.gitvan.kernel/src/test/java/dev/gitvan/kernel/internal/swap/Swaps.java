package dev.gitvan.kernel.internal.swap;

/** The steps of a swap, without the framework. */
public final class Swaps {
  private Swaps() {}

  /** Withdraws a bundle's contributions from all registries of a kernel. */
  public static void withdraw(Kernel kernel, long bundleId, boolean returns) {
    long number = kernel.activities().nextWithdrawal();
    kernel.registries().forEach(registry -> registry.withdraw(bundleId, number, returns));
  }

  /** Ends the swap of a bundle. */
  public static void settle(Kernel kernel, long bundleId) {
    kernel.registries().forEach(registry -> registry.settle(bundleId));
    kernel.activities().changed();
  }

  /** Makes the calling thread the one that carries out a swap, while it does something. */
  public static void swapping(Kernel kernel, Runnable work) {
    kernel.activities().swapping(Thread.currentThread());
    try {
      work.run();
    } finally {
      kernel.activities().swapping(null);
    }
  }
}
