package dev.gitvan.kernel.internal;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.ExtensionPointSpec;
import dev.gitvan.extension.Selection;
import dev.gitvan.kernel.internal.swap.Kernel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An extension point over offers, wherever they come from. */
class OfferedExtensions<S, D> implements ExtensionPoint<S, D> {
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final ConcurrentCalls calls;
  private final Contributions<S, D> contributions;

  OfferedExtensions(Kernel kernel, ExtensionPointSpec<S, D> spec) {
    this.calls = new ConcurrentCalls(kernel.activities(), GRACE);
    this.contributions =
        new Contributions<>(
            kernel,
            spec.name(),
            offer -> spec.reader().read(offer.properties()),
            spec.naming(),
            spec.listener());
  }

  final void add(Offer<S> offer) {
    contributions.add(offer);
  }

  final void remove(Object key) {
    contributions.remove(key);
  }

  @Override
  public final List<Extension<S, D>> list() {
    return List.copyOf(contributions.usable());
  }

  @Override
  public final List<Extension<S, D>> list(Selection selection) {
    return List.copyOf(contributions.usable(selection));
  }

  @Override
  public final List<Extension<S, D>> present() {
    return List.copyOf(contributions.active());
  }

  @Override
  public final <R> List<Extension.Answer<R>> callAll(
      List<Extension<S, D>> extensions, Extension.Body<? super S, R> body, Duration limit) {
    return calls.call(extensions, body, limit);
  }

  @Override
  public final boolean isSettled() {
    return contributions.isSettled();
  }

  @Override
  public final Optional<Extension<S, D>> find(String name) {
    return contributions.find(name).map(found -> found);
  }

  @Override
  public final List<Rejection> rejections() {
    return contributions.rejections();
  }

  @Override
  public void close() {
    contributions.close();
  }
}
