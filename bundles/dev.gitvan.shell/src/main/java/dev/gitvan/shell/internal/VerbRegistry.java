package dev.gitvan.shell.internal;

import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.ExtensionPointSpec;
import dev.gitvan.extension.ExtensionRegistry;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.extension.Selection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The verbs that bundles contribute, by name. Knows them by their properties and makes no instance
 * before one is called. Safe for any thread.
 */
@Component(service = {VerbRegistry.class, RejectionSource.class})
public final class VerbRegistry implements RejectionSource {
  private static final String NAME = "gitvan.verb.name";
  private static final String DESCRIPTION = "gitvan.verb.description";
  private static final Pattern VALID_NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ExtensionPoint<Verb, Description> point;

  /** What a verb's properties say. */
  public record Description(String name, String text) {
    /** Reads the properties that {@link dev.gitvan.command.GitVanVerb} sets. */
    public static Description read(Map<String, Object> properties)
        throws InvalidExtensionException {
      var name = properties.get(NAME) instanceof String text ? text : "";
      if (!VALID_NAME.matcher(name).matches()) {
        throw new InvalidExtensionException(
            "NAME_INVALID", "a verb's name consists of lower-case letters, digits and -");
      }
      if (!Constants.SCOPE_PROTOTYPE.equals(properties.get(Constants.SERVICE_SCOPE))) {
        throw new InvalidExtensionException("SCOPE", "its component must have scope = PROTOTYPE");
      }
      return new Description(name, properties.get(DESCRIPTION) instanceof String text ? text : "");
    }
  }

  @Activate
  public VerbRegistry(@Reference ExtensionRegistry registry) {
    this.point =
        registry.open(
            ExtensionPointSpec.of("verb", Verb.class, Description::read, Description::name)
                .onChange(this::changed));
  }

  VerbRegistry(ExtensionPoint<Verb, Description> point) {
    this.point = point;
  }

  @Deactivate
  void close() {
    point.close();
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  /** A verb that can be called. */
  public record Entry(Extension<Verb, Description> extension) {
    public String name() {
      return extension.name();
    }

    public String description() {
      return extension.description().text();
    }

    /** Uses a new instance of the verb. */
    public <R> Extension.Answer<R> with(Extension.Body<Verb, R> body) {
      return extension.callNew(body);
    }
  }

  /** The verb of a name; waits while its bundle is being replaced. */
  public Optional<Entry> find(String name) {
    return point.find(name).map(Entry::new);
  }

  /** As {@link #find(String)}, of the plugins and versions that a worktree selects. */
  public Optional<Entry> find(String name, Selection selection) {
    return point.list(selection).stream()
        .filter(verb -> verb.name().equals(name))
        .findFirst()
        .map(Entry::new);
  }

  /** All verbs, by name; waits while a bundle with verbs is being replaced. */
  public List<Entry> list() {
    return byName(point.list());
  }

  /** The verbs that are there at this moment, by name: for listeners. */
  public List<Entry> present() {
    return byName(point.present());
  }

  /** Whether no bundle with verbs is being replaced. */
  public boolean isSettled() {
    return point.isSettled();
  }

  private static List<Entry> byName(List<Extension<Verb, Description>> extensions) {
    var verbs = new TreeMap<String, Entry>();
    extensions.forEach(verb -> verbs.putIfAbsent(verb.name(), new Entry(verb)));
    return List.copyOf(verbs.values());
  }

  @Override
  public List<Rejection> rejections() {
    var all = new ArrayList<>(point.rejections());
    var names = new HashSet<String>();
    for (var verb : point.present()) {
      if (!names.add(verb.name())) {
        all.add(
            new Rejection(
                "verb", verb.name(), verb.bundle(), "SHADOWED", "another verb has the same name"));
      }
    }
    return all;
  }

  /** Is called after every change, until it is {@linkplain #removeListener removed}. */
  public void addListener(Runnable listener) {
    listeners.add(listener);
  }

  public void removeListener(Runnable listener) {
    listeners.remove(listener);
  }
}
