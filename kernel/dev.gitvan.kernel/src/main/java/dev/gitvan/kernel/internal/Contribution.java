package dev.gitvan.kernel.internal;

import dev.gitvan.extension.Extension;
import dev.gitvan.kernel.internal.swap.Called;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * A contribution that a registry accepted.
 *
 * @param <S> the service's type
 * @param <D> the description's type
 */
public final class Contribution<S, D> implements Extension<S, D>, Called {
  private final Contributions<S, D> registry;
  private final Offer<S> offer;
  private final D description;
  private final Plugin<S> plugin;

  Contribution(Contributions<S, D> registry, Offer<S> offer, D description, Plugin<S> plugin) {
    this.registry = registry;
    this.offer = offer;
    this.description = description;
    this.plugin = plugin;
  }

  Offer<S> offer() {
    return offer;
  }

  public Plugin<S> plugin() {
    return plugin;
  }

  /** Its {@code service.ranking}. */
  public int ranking() {
    return offer.ranking();
  }

  @Override
  public long bundleId() {
    return offer.bundleId();
  }

  @Override
  public String name() {
    return plugin.name();
  }

  @Override
  public D description() {
    return description;
  }

  @Override
  public String bundle() {
    return offer.bundle();
  }

  @Override
  public boolean isBuiltIn() {
    return offer.isBuiltIn();
  }

  @Override
  public Optional<Bundle> contributor() {
    return offer.key() instanceof ServiceReference<?> reference
        ? Optional.ofNullable(reference.getBundle())
        : Optional.empty();
  }

  @Override
  public long serviceId() {
    return offer.serviceId();
  }

  @Override
  public <R> Answer<R> call(Body<? super S, R> body) {
    var activity = registry.activity();
    if (activity == null) {
      return plugin.call(body);
    }
    try (var calling = activity.calling(this)) {
      return plugin.call(body);
    }
  }

  @Override
  public <R> Answer<R> callNew(Body<? super S, R> body) {
    return plugin.callNew(body);
  }

  @Override
  public S open() {
    return plugin.open();
  }

  @Override
  public void close(S instance) {
    plugin.close(instance);
  }

  @Override
  public boolean isActive() {
    return registry.isActive(this);
  }

  @Override
  public void quarantine(String reason) {
    registry.quarantine(other -> other == this, reason);
  }

  @Override
  public String toString() {
    return plugin.toString();
  }
}
