package dev.gitvan.template.internal;

import dev.gitvan.git.DividedHistory;
import dev.gitvan.git.Tags.Tag;
import dev.gitvan.template.internal.history.SemanticVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The releases that HEAD contains: first what is unreleased, then the tags that name versions, the
 * highest version first. Which commits belong to which is found in one walk, which the first use
 * makes; the commits are read as {@link Commits} are. Safe for any thread.
 */
final class Releases implements Iterable<Map<String, Object>> {
  private final GitValues values;
  private final String prefix;
  private List<Map<String, Object>> releases;

  /**
   * @param prefix of the tags, before the version; that has a {@code v} or not, so that one at the
   *     prefix's end says nothing
   */
  Releases(GitValues values, String prefix) {
    this.values = values;
    this.prefix = prefix.endsWith("v") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  @Override
  public Iterator<Map<String, Object>> iterator() {
    return releases().iterator();
  }

  private synchronized List<Map<String, Object>> releases() {
    if (releases == null) {
      releases = List.copyOf(read());
    }
    return releases;
  }

  /** A tag that names a version. */
  private record Release(Tag tag, SemanticVersion version) {}

  private List<Map<String, Object>> read() {
    if (values.head().isEmpty()) {
      return List.of(unreleased(null, "", 0));
    }
    var ascending = ascending();
    var divided = values.divide(ascending.stream().map(each -> each.tag().target()).toList());
    var read = new ArrayList<Map<String, Object>>();
    var previous = "";
    for (int part = 0; part < ascending.size(); part++) {
      if (divided.contains(part)) {
        var release = ascending.get(part);
        read.add(0, released(release, divided, previous, part));
        previous = release.tag().name();
      }
    }
    read.add(0, unreleased(divided, previous, ascending.size()));
    return read;
  }

  private List<Release> ascending() {
    var releases = new LinkedHashMap<SemanticVersion, Release>();
    values.tags().stream()
        .flatMap(tag -> release(tag).stream())
        .sorted(Comparator.comparing(Release::version).thenComparing(each -> each.tag().name()))
        .forEach(release -> releases.merge(release.version(), release, this::lastReached));
    return List.copyOf(releases.values());
  }

  /** Chooses between tags of one version, such as {@code 1.2.0} and {@code v1.2.0}. */
  private Release lastReached(Release one, Release other) {
    return values.headContains(other.tag().target()) ? other : one;
  }

  private Optional<Release> release(Tag tag) {
    return tag.name().startsWith(prefix)
        ? SemanticVersion.of(tag.name().substring(prefix.length()))
            .map(version -> new Release(tag, version))
        : Optional.empty();
  }

  private Map<String, Object> unreleased(DividedHistory divided, String previous, int part) {
    return release("", "", () -> "", previous, false, divided, part);
  }

  private Map<String, Object> released(
      Release release, DividedHistory divided, String previous, int part) {
    var version = release.version();
    return release(
        release.tag().name(),
        version.toString(),
        () -> values.date(release.tag()),
        previous,
        version.isPrerelease(),
        divided,
        part);
  }

  private Map<String, Object> release(
      String tag,
      String version,
      Supplier<Object> date,
      String previous,
      boolean prerelease,
      DividedHistory divided,
      int part) {
    var release = new LinkedHashMap<String, Supplier<Object>>();
    release.put("tag", () -> tag);
    release.put("version", () -> version);
    release.put("date", GitValues.once(date));
    release.put("previous", () -> previous);
    release.put("isPrerelease", () -> prerelease);
    release.put("url", () -> values.pages().release(previous, tag));
    var commits = new Commits(values, () -> divided == null ? null : values.commits(divided, part));
    release.put("commits", () -> commits);
    return new LazyMap(release, Set.of("commits"));
  }

  /** What a template that prints it shows, without reading anything. */
  @Override
  public String toString() {
    return "releases";
  }
}
