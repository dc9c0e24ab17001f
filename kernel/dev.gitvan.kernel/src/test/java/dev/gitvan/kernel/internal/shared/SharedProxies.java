package dev.gitvan.kernel.internal.shared;

/** Proxies of shared services, as the kernel registers them, without a framework. */
public final class SharedProxies {
  private SharedProxies() {}

  /** A proxy for the time until the kernel stops. */
  public static <T> T of(SharedServices services, Class<T> type) {
    return type.cast(SharedProxy.of(services, null, type));
  }
}
