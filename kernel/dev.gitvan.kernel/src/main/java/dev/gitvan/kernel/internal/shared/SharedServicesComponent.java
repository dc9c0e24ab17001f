package dev.gitvan.kernel.internal.shared;

import dev.gitvan.config.Configurations;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.document.Documents;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntBiFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.LoggerFactory;

/**
 * Registers the shared services. Metrics, configurations and documents are registered as long as
 * the kernel runs, since everything needs them; others while there is an implementation, or one
 * that is being replaced in place.
 */
@Component(name = "dev.gitvan.kernel.shared", immediate = true, service = RejectionSource.class)
public final class SharedServicesComponent implements RejectionSource {
  private static final Set<String> ALWAYS =
      Set.of(Metrics.class.getName(), Configurations.class.getName(), Documents.class.getName());
  private static final String COMMAND_LINE = ToIntBiFunction.class.getName();

  private final BundleContext context;
  private final Kernel kernel;
  private final SharedServices services;
  private final Successor successor;
  private final SharedMetrics metrics;
  private final Map<String, ServiceRegistration<?>> registrations = new ConcurrentHashMap<>();

  /** Updates that were asked for and not yet done; whoever raises it from 0 does them all. */
  private final AtomicInteger requests = new AtomicInteger();

  /** The interfaces' bundles, which register the services, may be restarted. */
  private final SynchronousBundleListener bundles = this::bundleChanged;

  private volatile boolean open = true;

  @Activate
  public SharedServicesComponent(BundleContext context, @Reference Kernel kernel) {
    this.context = context;
    this.kernel = kernel;
    this.successor = new Successor(context);
    this.services = new SharedServices(kernel, this::changed);
    this.metrics = new SharedMetrics(services);
    ALWAYS.forEach(type -> registrations.put(type, register(type)));
    context.addBundleListener(bundles);
  }

  @Reference(
      name = "services",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addService(ServiceReference<SharedService> reference) {
    services.add(Offer.of(context, reference));
  }

  void removeService(ServiceReference<SharedService> reference) {
    services.remove(reference);
  }

  @Deactivate
  void deactivate() {
    context.removeBundleListener(bundles);
    open = false;
    changed();
    services.close();
  }

  private void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.STARTED) {
      changed();
    }
  }

  @Override
  public List<Rejection> rejections() {
    return services.rejections();
  }

  /**
   * Registering calls others, so it is done without a lock: by one thread at a time, also for those
   * that ask meanwhile.
   */
  private void changed() {
    metrics.changed();
    if (requests.getAndIncrement() > 0) {
      return;
    }
    int done = 1;
    do {
      update();
      done = requests.addAndGet(-done);
    } while (done > 0);
  }

  /** Registers what has an implementation and unregisters what has none any more. */
  private void update() {
    var types = new TreeSet<>(services.types());
    types.addAll(ALWAYS);
    for (var type : types) {
      if (open && !isRegistered(type)) {
        var registration = register(type);
        if (registration != null) {
          registrations.put(type, registration);
        }
      }
    }
    if (!open || !services.isReturning()) {
      for (var type : Set.copyOf(registrations.keySet())) {
        if (!types.contains(type) || !open) {
          unregister(registrations.remove(type));
        }
      }
    }
  }

  /** Whether it is still registered: a bundle that stops takes along what was registered by it. */
  private boolean isRegistered(String type) {
    var registration = registrations.get(type);
    try {
      return registration != null && registration.getReference() != null;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private ServiceRegistration<?> register(String type) {
    var properties = new Hashtable<String, Object>();
    properties.put("gitvan.shared", true);
    if (type.equals(COMMAND_LINE)) {
      properties.put("gitvan.command.line", true);
      var gate = new CommandLineGate(kernel, services, successor);
      return context.registerService(ToIntBiFunction.class, gate, properties);
    }
    if (type.equals(Metrics.class.getName())) {
      return context.registerService(Metrics.class, metrics, properties);
    }
    try {
      var loaded = load(type);
      var owner = FrameworkUtil.getBundle(loaded).getBundleContext();
      // Registered by the bundle that has the interface, which its users are wired to; if that is
      // not started, by this one, which cannot do it lazily.
      return owner == null
          ? context.registerService(type, SharedProxy.of(services, successor, loaded), properties)
          : owner.registerService(type, new Proxies(loaded), properties);
    } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
      LoggerFactory.getLogger(SharedServicesComponent.class)
          .warn("The shared service {} cannot be registered", type, e);
      return null;
    }
  }

  private Class<?> load(String type) throws ClassNotFoundException {
    var implementation = services.best(type);
    var bundle = implementation == null ? null : implementation.contributor().orElse(null);
    return bundle == null
        ? SharedServicesComponent.class.getClassLoader().loadClass(type)
        : bundle.loadClass(type);
  }

  /** Makes the proxy when somebody asks for it: most commands need few of them. */
  private final class Proxies implements ServiceFactory<Object> {
    private final Class<?> type;
    private Object proxy;

    Proxies(Class<?> type) {
      this.type = type;
    }

    @Override
    public synchronized Object getService(Bundle user, ServiceRegistration<Object> registration) {
      if (proxy == null) {
        proxy = SharedProxy.of(services, successor, type);
      }
      return proxy;
    }

    @Override
    public void ungetService(
        Bundle user, ServiceRegistration<Object> registration, Object service) {
      // The same for all users.
    }
  }

  private static void unregister(ServiceRegistration<?> registration) {
    try {
      registration.unregister();
    } catch (IllegalStateException e) {
      // Its bundle has stopped.
    }
  }
}
