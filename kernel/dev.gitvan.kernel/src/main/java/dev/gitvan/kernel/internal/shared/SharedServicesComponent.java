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
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.LoggerFactory;

/**
 * Registers the shared services as long as the kernel runs: metrics, configurations and documents
 * from the start, since everything needs them; others as soon as there is an implementation.
 */
@Component(name = "dev.gitvan.kernel.shared", immediate = true, service = RejectionSource.class)
public final class SharedServicesComponent implements RejectionSource {
  private static final Set<Class<?>> ALWAYS =
      Set.of(Metrics.class, Configurations.class, Documents.class);

  /** Whether there is an implementation, or one that is being replaced. */
  private static final String PRESENT = "gitvan.shared.present";

  private static final String COMMAND_LINE = ToIntBiFunction.class.getName();

  /**
   * What is registered.
   *
   * @param type the interface, of which a refreshed bundle has another one
   */
  private record Registered(Class<?> type, ServiceRegistration<?> registration) {}

  private final BundleContext context;
  private final Kernel kernel;
  private final SharedServices services;
  private final Successor successor;
  private final SharedMetrics metrics;
  private final Map<String, Registered> registrations = new ConcurrentHashMap<>();

  /** Requested updates that are not done yet; the thread that raises it from 0 does them all. */
  private final AtomicInteger requests = new AtomicInteger();

  private volatile boolean open = true;

  @Activate
  public SharedServicesComponent(BundleContext context, @Reference Kernel kernel) {
    this.context = context;
    this.kernel = kernel;
    this.successor = new Successor(context);
    this.services = new SharedServices(kernel, this::changed);
    this.metrics = new SharedMetrics(services);
    ALWAYS.forEach(type -> register(type.getName(), type, false));
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
    open = false;
    changed();
    services.close();
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
      try {
        update();
      } finally {
        done = requests.addAndGet(-done);
      }
    } while (done > 0);
  }

  /**
   * Registers what has an implementation. It stays registered when that goes, so that nobody who
   * refers to it restarts; the property informs those who can do without it.
   */
  private void update() {
    if (!open) {
      registrations.values().forEach(registered -> unregister(registered.registration()));
      registrations.clear();
      return;
    }
    var present = services.types();
    var types = new TreeSet<>(present);
    types.addAll(registrations.keySet());
    types.forEach(type -> update(type, present.contains(type)));
  }

  private void update(String type, boolean implemented) {
    var registered = registrations.get(type);
    var loaded = implemented ? load(type) : null;
    if (loaded != null && (registered == null || registered.type() != loaded)) {
      register(type, loaded, true);
      if (registered != null) {
        // The interface's bundle has been refreshed: the old one is of no use any more.
        unregister(registered.registration());
      }
      return;
    }
    if (registered == null) {
      return;
    }
    var registration = registered.registration();
    boolean before = Boolean.TRUE.equals(registration.getReference().getProperty(PRESENT));
    boolean now = implemented || before && services.isReturning();
    if (now != before) {
      registration.setProperties(properties(type, now));
    }
  }

  private static Hashtable<String, Object> properties(String type, boolean present) {
    var properties = new Hashtable<String, Object>();
    properties.put("gitvan.shared", true);
    properties.put(PRESENT, present);
    if (type.equals(COMMAND_LINE)) {
      properties.put("gitvan.command.line", true);
    }
    return properties;
  }

  private void register(String name, Class<?> type, boolean present) {
    Object service;
    if (name.equals(COMMAND_LINE)) {
      service = new CommandLineGate(kernel, services, successor);
    } else if (type == Metrics.class) {
      service = metrics;
    } else {
      service = SharedProxy.of(services, successor, type);
    }
    registrations.put(
        name,
        new Registered(type, context.registerService(name, service, properties(name, present))));
  }

  /** The interface as its implementation sees it; null when that is gone. */
  private Class<?> load(String type) {
    var implementation = services.best(type);
    var bundle = implementation == null ? null : implementation.contributor().orElse(null);
    try {
      return bundle == null ? null : bundle.loadClass(type);
    } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
      LoggerFactory.getLogger(SharedServicesComponent.class)
          .warn("The shared service {} cannot be registered", type, e);
      return null;
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
