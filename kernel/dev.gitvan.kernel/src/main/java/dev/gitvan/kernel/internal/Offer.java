package dev.gitvan.kernel.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/**
 * A service as a bundle offers it, before a registry has looked at it.
 *
 * @param key what identifies the offer: its service reference
 * @param properties the service's properties
 * @param bundleId id of the offering bundle
 * @param get gives the service object; null when the service has gone or cannot be activated
 * @param unget gives it back
 * @param <S> the service's type
 */
public record Offer<S>(
    Object key,
    Map<String, Object> properties,
    String symbolicName,
    Version version,
    long bundleId,
    Supplier<S> get,
    Consumer<S> unget) {

  /** The offer behind a reference; its service object is not fetched before somebody calls it. */
  public static <S> Offer<S> of(BundleContext context, ServiceReference<S> reference) {
    var properties = new LinkedHashMap<String, Object>();
    for (var key : reference.getPropertyKeys()) {
      properties.put(key, reference.getProperty(key));
    }
    var bundle = reference.getBundle();
    var objects = context.getServiceObjects(reference);
    return new Offer<>(
        reference,
        properties,
        bundle == null || bundle.getSymbolicName() == null ? "?" : bundle.getSymbolicName(),
        bundle == null ? Version.emptyVersion : bundle.getVersion(),
        bundle == null ? -1 : bundle.getBundleId(),
        objects == null ? () -> null : objects::getService,
        objects == null ? service -> {} : objects::ungetService);
  }

  /** {@code service.ranking}, 0 when there is none. */
  int ranking() {
    return properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
  }

  /** {@code service.id}. */
  long serviceId() {
    return properties.get(Constants.SERVICE_ID) instanceof Long id ? id : Long.MAX_VALUE;
  }

  /** Whether the bundle is part of GitVan: plugins do not use its prefix. */
  boolean isBuiltIn() {
    return symbolicName.startsWith("dev.gitvan.");
  }

  /** Symbolic name and version, as messages name the bundle. */
  public String bundle() {
    return symbolicName + " " + version;
  }
}
