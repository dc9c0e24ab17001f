package dev.gitvan.kernel.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** Offers as bundles would make them, without a framework. */
public final class Offers<S> {
  private static final AtomicLong IDS = new AtomicLong(1);

  private final S service;
  private final Map<String, Object> properties = new HashMap<>();
  private String symbolicName = "org.example.plugin";
  private String version = "1.0.0";
  private long bundleId = 7;

  /** How often the service object was fetched and not yet given back. */
  public final AtomicInteger out = new AtomicInteger();

  private Offers(S service) {
    this.service = service;
    properties.put(Constants.SERVICE_ID, IDS.getAndIncrement());
  }

  /**
   * @param service null: one that cannot be activated
   */
  public static <S> Offers<S> of(S service) {
    return new Offers<>(service);
  }

  public Offers<S> with(String key, Object value) {
    properties.put(key, value);
    return this;
  }

  public Offers<S> ranking(int ranking) {
    return with(Constants.SERVICE_RANKING, ranking);
  }

  public Offers<S> bundle(String name, String bundleVersion, long id) {
    symbolicName = name;
    version = bundleVersion;
    bundleId = id;
    return this;
  }

  public Offer<S> offer() {
    return new Offer<>(
        this,
        Map.copyOf(properties),
        symbolicName,
        Version.parseVersion(version),
        bundleId,
        () -> {
          if (service != null) {
            out.incrementAndGet();
          }
          return service;
        },
        given -> out.decrementAndGet());
  }
}
