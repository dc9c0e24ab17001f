package dev.gitvan.kernel.internal;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.ExtensionPointSpec;
import dev.gitvan.extension.ExtensionRegistry;
import dev.gitvan.kernel.internal.swap.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Extension points without a framework: they have what is added here. Safe for any thread. */
public final class OfferedRegistry implements ExtensionRegistry {
  private final Kernel kernel;
  private final List<Opened<?>> points = new CopyOnWriteArrayList<>();
  private final List<Added<?>> services = new CopyOnWriteArrayList<>();

  private record Opened<S>(Class<S> type, OfferedExtensions<S, ?> point) {}

  private record Added<S>(Class<S> type, Offer<S> offer) {}

  public OfferedRegistry(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public <S, D> ExtensionPoint<S, D> open(ExtensionPointSpec<S, D> spec) {
    var point = new OfferedExtensions<S, D>(kernel, spec);
    var opened = new Opened<>(spec.type(), point);
    points.add(opened);
    // An offer that arrives now may be made twice: the second replaces the first.
    services.forEach(service -> offer(opened, service));
    return point;
  }

  /** Offers a service to the points of its type, those that are opened later included. */
  public <S> void add(Class<S> type, Offer<S> offer) {
    var added = new Added<>(type, offer);
    services.add(added);
    points.forEach(point -> offer(point, added));
  }

  @SuppressWarnings("unchecked") // The types are compared.
  private static <S> void offer(Opened<?> opened, Added<S> service) {
    if (opened.type() == service.type()) {
      ((Opened<S>) opened).point().add(service.offer());
    }
  }

  /** What the points have rejected. */
  public List<Rejection> rejections() {
    var all = new ArrayList<Rejection>();
    points.forEach(opened -> all.addAll(opened.point().rejections()));
    return all;
  }

  @Override
  public Runnable carry(Runnable work) {
    return kernel.activities().carry(work);
  }
}
