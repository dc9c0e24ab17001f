package dev.gitvan.shell.internal;

import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferenceScope;

/**
 * The verbs that bundles contribute, by name. Of several with one name the highest {@code
 * service.ranking} wins, then, for versions of one bundle, the newest, then the lowest service id.
 * Knows them by their properties and makes no instance before one is called. Safe for any thread.
 */
@Component(service = {VerbRegistry.class, RejectionSource.class})
public final class VerbRegistry implements RejectionSource {
  private static final String NAME = "gitvan.verb.name";
  private static final String DESCRIPTION = "gitvan.verb.description";
  private static final Pattern VALID_NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private final Map<ServiceReference<?>, Entry> contributions = new HashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Snapshot snapshot = new Snapshot(new TreeMap<>(), List.of());

  private record Snapshot(SortedMap<String, Entry> verbs, List<Rejection> rejections) {}

  /** A verb that can be called. */
  public static final class Entry {
    private static final Comparator<Entry> BY_PRECEDENCE =
        Comparator.<Entry>comparingInt(Entry::ranking)
            .reversed()
            .thenComparing(Entry::compareVersions)
            .thenComparingLong(Entry::serviceId);

    private final ServiceReference<?> reference;
    private final ComponentServiceObjects<Verb> instances;

    private Entry(ServiceReference<?> reference, ComponentServiceObjects<Verb> instances) {
      this.reference = reference;
      this.instances = instances;
    }

    public String name() {
      return text(NAME);
    }

    public String description() {
      return text(DESCRIPTION);
    }

    /** A new instance, to be given back; null when the verb has gone or cannot be made. */
    public Verb open() {
      return instances.getService();
    }

    /** Gives an instance back. */
    public void close(Verb verb) {
      instances.ungetService(verb);
    }

    private String text(String key) {
      return reference.getProperty(key) instanceof String text ? text : "";
    }

    private int ranking() {
      return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking
          ? ranking
          : 0;
    }

    private long serviceId() {
      return (Long) reference.getProperty(Constants.SERVICE_ID);
    }

    private int compareVersions(Entry other) {
      var mine = reference.getBundle();
      var theirs = other.reference.getBundle();
      if (mine == null
          || theirs == null
          || !mine.getSymbolicName().equals(theirs.getSymbolicName())) {
        return 0;
      }
      return theirs.getVersion().compareTo(mine.getVersion());
    }

    private Rejection rejected(String code, String reason) {
      Bundle bundle = reference.getBundle();
      return new Rejection(
          "verb",
          name().isEmpty() ? String.valueOf(reference.getProperty("component.name")) : name(),
          bundle == null ? "" : bundle.getSymbolicName() + " " + bundle.getVersion(),
          code,
          reason);
    }
  }

  /** The verb of a name. */
  public Optional<Entry> find(String name) {
    return Optional.ofNullable(snapshot.verbs().get(name));
  }

  /** All verbs, by name. */
  public List<Entry> list() {
    return List.copyOf(snapshot.verbs().values());
  }

  @Override
  public List<Rejection> rejections() {
    return snapshot.rejections();
  }

  @Reference(
      service = Verb.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      scope = ReferenceScope.PROTOTYPE,
      unbind = "unbind")
  void bind(ServiceReference<Verb> reference, ComponentServiceObjects<Verb> instances) {
    synchronized (this) {
      contributions.put(reference, new Entry(reference, instances));
      snapshot = snapshot();
    }
    listeners.forEach(Runnable::run);
  }

  void unbind(ServiceReference<Verb> reference) {
    synchronized (this) {
      contributions.remove(reference);
      snapshot = snapshot();
    }
    listeners.forEach(Runnable::run);
  }

  /** Is called after every change, until it is {@linkplain #removeListener removed}. */
  public void addListener(Runnable listener) {
    listeners.add(listener);
  }

  public void removeListener(Runnable listener) {
    listeners.remove(listener);
  }

  private Snapshot snapshot() {
    var verbs = new TreeMap<String, Entry>();
    var rejections = new ArrayList<Rejection>();
    for (var entry : contributions.values().stream().sorted(Entry.BY_PRECEDENCE).toList()) {
      var scope = entry.reference.getProperty(Constants.SERVICE_SCOPE);
      if (!VALID_NAME.matcher(entry.name()).matches()) {
        rejections.add(
            entry.rejected("NAME_INVALID", "a verb's name is of lower-case letters, digits and -"));
      } else if (!Constants.SCOPE_PROTOTYPE.equals(scope)) {
        rejections.add(
            entry.rejected("SCOPE", "its component is not registered with scope = PROTOTYPE"));
      } else if (verbs.putIfAbsent(entry.name(), entry) != null) {
        rejections.add(entry.rejected("SHADOWED", "another verb has the same name"));
      }
    }
    return new Snapshot(verbs, List.copyOf(rejections));
  }
}
