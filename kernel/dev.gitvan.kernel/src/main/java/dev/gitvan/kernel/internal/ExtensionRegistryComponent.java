package dev.gitvan.kernel.internal;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.ExtensionPointSpec;
import dev.gitvan.extension.ExtensionRegistry;
import dev.gitvan.extension.Selection;
import dev.gitvan.kernel.internal.swap.Kernel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Extension points for other bundles: the registry of the kernel, over services of any type. */
@Component(service = ExtensionRegistry.class)
public final class ExtensionRegistryComponent implements ExtensionRegistry {
  private final BundleContext context;
  private final Kernel kernel;

  @Activate
  public ExtensionRegistryComponent(BundleContext context, @Reference Kernel kernel) {
    this.context = context;
    this.kernel = kernel;
  }

  @Override
  public <S, D> ExtensionPoint<S, D> open(ExtensionPointSpec<S, D> spec) {
    var point = new Point<S, D>(context, kernel, spec);
    point.tracker.open();
    return point;
  }

  @Override
  public Runnable carry(Runnable work) {
    return kernel.activities().carry(work);
  }

  private static final class Point<S, D>
      implements ExtensionPoint<S, D>, ServiceTrackerCustomizer<S, Object> {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final BundleContext context;
    private final ConcurrentCalls calls;
    private final Contributions<S, D> contributions;
    private final ServiceTracker<S, Object> tracker;

    Point(BundleContext context, Kernel kernel, ExtensionPointSpec<S, D> spec) {
      this.context = context;
      this.calls = new ConcurrentCalls(kernel.activities(), GRACE);
      this.contributions =
          new Contributions<>(
              kernel,
              spec.name(),
              offer -> spec.reader().read(offer.properties()),
              spec.naming(),
              spec.listener());
      this.tracker = new ServiceTracker<>(context, spec.type().getName(), this);
    }

    @Override
    public Object addingService(ServiceReference<S> reference) {
      contributions.add(Offer.of(context, reference));
      return reference;
    }

    @Override
    public void modifiedService(ServiceReference<S> reference, Object tracked) {
      contributions.add(Offer.of(context, reference));
    }

    @Override
    public void removedService(ServiceReference<S> reference, Object tracked) {
      contributions.remove(reference);
    }

    @Override
    public List<Extension<S, D>> list() {
      return List.copyOf(contributions.usable());
    }

    @Override
    public List<Extension<S, D>> list(Selection selection) {
      return List.copyOf(contributions.usable(selection));
    }

    @Override
    public List<Extension<S, D>> present() {
      return List.copyOf(contributions.active());
    }

    @Override
    public <R> List<Extension.Answer<R>> callAll(
        List<Extension<S, D>> extensions, Extension.Body<? super S, R> body, Duration limit) {
      return calls.call(extensions, body, limit);
    }

    @Override
    public boolean isSettled() {
      return contributions.isSettled();
    }

    @Override
    public Optional<Extension<S, D>> find(String name) {
      return contributions.find(name).map(found -> found);
    }

    @Override
    public List<Rejection> rejections() {
      return contributions.rejections();
    }

    @Override
    public void close() {
      try {
        tracker.close();
      } catch (IllegalStateException e) {
        // The kernel has stopped, and its tracker with it.
      }
      contributions.close();
    }
  }
}
