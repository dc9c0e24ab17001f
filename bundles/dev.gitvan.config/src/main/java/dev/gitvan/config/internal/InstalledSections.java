package dev.gitvan.config.internal;

import dev.gitvan.config.Section;
import dev.gitvan.config.internal.setting.Sections;
import dev.gitvan.config.spi.ConfigurationSection;
import dev.gitvan.config.spi.GitVanConfigurationSection;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.ExtensionPointSpec;
import dev.gitvan.extension.ExtensionRegistry;
import dev.gitvan.extension.InvalidExtensionException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The sections that bundles contribute. Safe for any thread. */
@Component(service = {InstalledSections.class, RejectionSource.class})
public final class InstalledSections implements RejectionSource {
  private static final AtomicLong REVISIONS = new AtomicLong();
  private static final String NAME = GitVanConfigurationSection.PREFIX_ + "name";

  private final ExtensionPoint<ConfigurationSection, String> point;
  private volatile Snapshot snapshot = new Snapshot(null, null, List.of());

  /** Names of GitVan's own sections that were contributed since this process began. */
  private final Set<String> known = new LinkedHashSet<>();

  private record Snapshot(
      List<Extension<ConfigurationSection, String>> list,
      Sections sections,
      List<Rejection> rejections) {}

  @Activate
  public InstalledSections(@Reference ExtensionRegistry registry) {
    this(
        registry.open(
            ExtensionPointSpec.of(
                "section", ConfigurationSection.class, InstalledSections::name, name -> name)));
  }

  InstalledSections(ExtensionPoint<ConfigurationSection, String> point) {
    this.point = point;
  }

  @Deactivate
  void close() {
    point.close();
  }

  private static String name(Map<String, Object> properties) throws InvalidExtensionException {
    if (properties.get(NAME) instanceof String name && !name.isBlank()) {
      return name;
    }
    throw new InvalidExtensionException(
        "NAME_MISSING", "a section needs @GitVanConfigurationSection(name = ...)");
  }

  /** The sections as they are now: the same object until something changes. */
  Sections get() {
    var list = point.list();
    var now = snapshot;
    if (now.list() != list) {
      now = arrange(list);
      snapshot = now;
    }
    return now.sections();
  }

  @Override
  public List<Rejection> rejections() {
    get();
    var all = new ArrayList<>(point.rejections());
    all.addAll(snapshot.rejections());
    return all;
  }

  private Snapshot arrange(List<Extension<ConfigurationSection, String>> list) {
    var builtIn = new TreeMap<String, Section>();
    var plugins = new TreeMap<String, Section>();
    var rejections = new ArrayList<Rejection>();
    for (var extension : list) {
      var name = extension.name();
      if (builtIn.containsKey(name) || plugins.containsKey(name)) {
        rejections.add(rejection(extension, "SHADOWED", "another bundle has this section"));
        continue;
      }
      var answer = extension.call(ConfigurationSection::section);
      if (answer.failure() != null) {
        rejections.add(
            rejection(extension, "SECTION_FAILED", "its section() failed: " + answer.failure()));
      } else if (answer.value() == null || !answer.value().name().equals(name)) {
        rejections.add(
            rejection(extension, "NAME_MISMATCH", "its section() has the name " + answer.value()));
      } else {
        (extension.isBuiltIn() ? builtIn : plugins).put(name, answer.value());
      }
    }
    synchronized (known) {
      known.addAll(builtIn.keySet());
      var absent = new LinkedHashSet<>(known);
      absent.removeAll(builtIn.keySet());
      var sections =
          new Sections(
              List.copyOf(builtIn.values()),
              List.copyOf(plugins.values()),
              absent,
              REVISIONS.incrementAndGet());
      return new Snapshot(list, sections, rejections);
    }
  }

  private static Rejection rejection(
      Extension<ConfigurationSection, String> extension, String code, String reason) {
    return new Rejection("section", extension.name(), extension.bundle(), code, reason);
  }
}
