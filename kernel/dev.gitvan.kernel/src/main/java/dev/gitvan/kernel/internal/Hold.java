package dev.gitvan.kernel.internal;

/** Keeps a contribution callable until it is closed, also when it is withdrawn meanwhile. */
@FunctionalInterface
public interface Hold extends AutoCloseable {
  /** An activity keeps the contribution until it ends. */
  Hold BY_ACTIVITY = () -> {};

  @Override
  void close();
}
