package dev.gitvan.jobs.file.internal.run;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.job.spi.GitVanStep;
import dev.gitvan.job.spi.StepType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The step types that are installed. Of one key the highest {@code service.ranking} wins; of
 * versions of one bundle the newest, then the highest bundle id; else the lowest service id.
 *
 * <p>Waits for this bundle's own six: a job read earlier would find them missing.
 */
@Component(
    service = {StepTypes.class, RejectionSource.class},
    property = "stepType.cardinality.minimum:Integer=6")
public final class StepTypes implements RejectionSource {
  /** The property that {@link GitVanStep} sets. */
  private static final String TYPE = GitVanStep.PREFIX_ + "type";

  private final Map<ServiceReference<StepType>, StepType> bound = new HashMap<>();
  private volatile Snapshot snapshot = new Snapshot(Map.of(), List.of());

  /** The types by key, and what was not taken. Another object after every change. */
  private record Snapshot(Map<String, StepType> types, List<Rejection> rejections) {}

  @Reference(
      name = "stepType",
      service = StepType.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  public void bind(ServiceReference<StepType> reference, StepType type) {
    synchronized (bound) {
      bound.put(reference, type);
      snapshot = arrange();
    }
  }

  public void unbind(ServiceReference<StepType> reference) {
    synchronized (bound) {
      bound.remove(reference);
      snapshot = arrange();
    }
  }

  void updated(ServiceReference<StepType> reference, StepType type) {
    bind(reference, type);
  }

  /** The types by key. The same object until something changes. */
  public Map<String, StepType> all() {
    return snapshot.types();
  }

  @Override
  public List<Rejection> rejections() {
    return snapshot.rejections();
  }

  private Snapshot arrange() {
    var rejections = new ArrayList<Rejection>();
    var byKey = new LinkedHashMap<String, List<ServiceReference<StepType>>>();
    for (var reference : bound.keySet().stream().sorted(Comparator.reverseOrder()).toList()) {
      if (reference.getProperty(TYPE) instanceof String key && key.matches("[a-z][a-z0-9-]*")) {
        byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(reference);
      } else {
        rejections.add(
            rejection(
                reference,
                String.valueOf(reference.getProperty(TYPE)),
                "TYPE_INVALID",
                "a step type needs @GitVanStep(type = ...), in lower case"));
      }
    }
    var types = new LinkedHashMap<String, StepType>();
    byKey.forEach(
        (key, references) -> {
          var best = references.get(0);
          for (var reference : references) {
            if (isNewer(reference, best)) {
              best = reference;
            }
          }
          types.put(key, bound.get(best));
          for (var reference : references) {
            if (reference != best) {
              var reason = "the one of " + bundle(best) + " comes before it";
              rejections.add(rejection(reference, key, "SHADOWED", reason));
            }
          }
        });
    return new Snapshot(Map.copyOf(types), List.copyOf(rejections));
  }

  /** Whether it is a later version of the same bundle, with the same ranking. */
  private static boolean isNewer(ServiceReference<?> reference, ServiceReference<?> than) {
    var one = reference.getBundle();
    var other = than.getBundle();
    if (one == null
        || other == null
        || !one.getSymbolicName().equals(other.getSymbolicName())
        || ranking(reference) != ranking(than)) {
      return false;
    }
    int order = one.getVersion().compareTo(other.getVersion());
    return order > 0 || order == 0 && one.getBundleId() > other.getBundleId();
  }

  private static int ranking(ServiceReference<?> reference) {
    return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer rank ? rank : 0;
  }

  private static Rejection rejection(
      ServiceReference<?> reference, String key, String code, String reason) {
    return new Rejection("step", key, bundle(reference), code, reason);
  }

  private static String bundle(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    var version = bundle == null ? Version.emptyVersion : bundle.getVersion();
    return bundle == null ? "unknown" : bundle.getSymbolicName() + " " + version;
  }
}
