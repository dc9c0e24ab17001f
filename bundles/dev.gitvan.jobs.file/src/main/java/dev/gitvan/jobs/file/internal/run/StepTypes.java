package dev.gitvan.jobs.file.internal.run;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.ExtensionPointSpec;
import dev.gitvan.extension.ExtensionRegistry;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.extension.Selection;
import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.job.StepCatalog;
import dev.gitvan.job.StepSchema;
import dev.gitvan.job.spi.GitVanStep;
import dev.gitvan.job.spi.StepType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The step types that are installed, by key.
 *
 * <p>Waits for this bundle's own six: a job read earlier would find them missing.
 */
@Component(
    service = {StepTypes.class, SharedService.class, RejectionSource.class},
    property = "own.cardinality.minimum:Integer=6")
@GitVanSharedService(type = StepCatalog.class)
public final class StepTypes implements StepCatalog, SharedService, RejectionSource {
  /** The property that {@link GitVanStep} sets. */
  private static final String TYPE = GitVanStep.PREFIX_ + "type";

  private static final String KEY = "[a-z][a-z0-9-]*";

  private final ExtensionPoint<StepType, String> point;

  /** By selection. */
  private final Map<Selection, Snapshot> snapshots = new ConcurrentHashMap<>();

  @Reference(
      name = "own",
      service = StepType.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  volatile List<ServiceReference<StepType>> own;

  /**
   * @param list what the extension point listed
   * @param failed those without a usable schema
   */
  private record Snapshot(
      List<Extension<StepType, String>> list,
      Map<String, StepType> types,
      List<Rejection> failed) {}

  @Activate
  public StepTypes(@Reference ExtensionRegistry registry) {
    this.point =
        registry.open(
            ExtensionPointSpec.of("step", StepType.class, StepTypes::key, key -> key)
                .onChange(snapshots::clear));
  }

  private StepTypes(ExtensionPoint<StepType, String> point) {
    this.point = point;
  }

  /** The step types of an extension point, without a kernel. */
  public static StepTypes of(ExtensionPoint<StepType, String> point) {
    return new StepTypes(point);
  }

  @Deactivate
  void close() {
    point.close();
  }

  private static String key(Map<String, Object> properties) throws InvalidExtensionException {
    if (properties.get(TYPE) instanceof String key && key.matches(KEY)) {
      return key;
    }
    throw new InvalidExtensionException(
        "TYPE_INVALID", "a step type needs @GitVanStep(type = ...), in lower case");
  }

  /** The types by key that a worktree selects. The same object until something changes. */
  public Map<String, StepType> all(Selection selection) {
    return current(selection).types();
  }

  private Snapshot current(Selection selection) {
    var list = point.list(selection);
    var now = snapshots.get(selection);
    if (now == null || now.list() != list) {
      now = arrange(list);
      snapshots.put(selection, now);
    }
    return now;
  }

  private static Snapshot arrange(List<Extension<StepType, String>> list) {
    var types = new LinkedHashMap<String, StepType>();
    var failed = new ArrayList<Rejection>();
    for (var extension : list) {
      if (types.containsKey(extension.name())) {
        continue;
      }
      var answer = extension.call(StepTypes::schema);
      if (answer.failure() == null) {
        types.put(extension.name(), new InstalledStep(extension, answer.value()));
      } else {
        failed.add(
            rejection(extension, "SCHEMA_INVALID", "its schema is unusable: " + answer.failure()));
      }
    }
    return new Snapshot(list, Collections.unmodifiableMap(types), failed);
  }

  /** The schema of a type, if its options are keys that a step can have. */
  private static StepSchema schema(StepType type) {
    var schema = Objects.requireNonNull(type.schema(), "schema() returned null");
    for (var option : schema.options().keySet()) {
      if (!option.matches(KEY) || StepSchema.COMMON_KEYS.contains(option)) {
        throw new IllegalArgumentException(option + " cannot be an option of a step type");
      }
    }
    return schema;
  }

  @Override
  public Map<String, StepSchema> schemas() {
    var schemas = new TreeMap<String, StepSchema>();
    all(Selection.ALL).forEach((key, type) -> schemas.put(key, type.schema()));
    return Collections.unmodifiableMap(schemas);
  }

  @Override
  public List<Rejection> rejections() {
    var snapshot = current(Selection.ALL);
    var all = new ArrayList<>(point.rejections());
    var owners = new LinkedHashMap<String, Extension<StepType, String>>();
    for (var extension : snapshot.list()) {
      var owner = owners.putIfAbsent(extension.name(), extension);
      if (owner != null) {
        all.add(
            rejection(extension, "SHADOWED", "the one of " + owner.bundle() + " takes precedence"));
      }
    }
    all.addAll(snapshot.failed());
    return all;
  }

  private static Rejection rejection(
      Extension<StepType, String> extension, String code, String reason) {
    return new Rejection("step", extension.name(), extension.bundle(), code, reason);
  }
}
