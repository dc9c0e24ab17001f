package dev.gitvan.kernel.internal;

/**
 * A contribution that a registry took.
 *
 * @param description what its properties say
 * @param <S> the service's type
 * @param <D> the description's type
 */
public record Contribution<S, D>(Offer<S> offer, D description, Plugin<S> plugin) {
  /** Its {@code service.ranking}. */
  public int ranking() {
    return offer.ranking();
  }

  public String name() {
    return plugin.name();
  }
}
