package dev.gitvan.kernel.internal;

import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.ExtensionPointSpec;
import dev.gitvan.extension.ExtensionRegistry;
import dev.gitvan.kernel.internal.swap.Kernel;
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
    var point = new Tracked<S, D>(context, kernel, spec);
    point.tracker.open();
    return point;
  }

  @Override
  public Runnable carry(Runnable work) {
    return kernel.activities().carry(work);
  }

  /** An extension point over the services of the framework. */
  private static final class Tracked<S, D> extends OfferedExtensions<S, D>
      implements ServiceTrackerCustomizer<S, Object> {
    private final BundleContext context;
    private final ServiceTracker<S, Object> tracker;

    Tracked(BundleContext context, Kernel kernel, ExtensionPointSpec<S, D> spec) {
      super(kernel, spec);
      this.context = context;
      this.tracker = new ServiceTracker<>(context, spec.type().getName(), this);
    }

    @Override
    public Object addingService(ServiceReference<S> reference) {
      add(Offer.of(context, reference));
      return reference;
    }

    @Override
    public void modifiedService(ServiceReference<S> reference, Object tracked) {
      add(Offer.of(context, reference));
    }

    @Override
    public void removedService(ServiceReference<S> reference, Object tracked) {
      remove(reference);
    }

    @Override
    public void close() {
      try {
        tracker.close();
      } catch (IllegalStateException e) {
        // The kernel has stopped, and its tracker with it.
      }
      super.close();
    }
  }
}
