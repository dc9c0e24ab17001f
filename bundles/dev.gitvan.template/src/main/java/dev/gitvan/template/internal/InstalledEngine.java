package dev.gitvan.template.internal;

import dev.gitvan.template.spi.TemplateEngine;
import java.util.Comparator;
import java.util.Set;
import org.osgi.framework.Version;

/**
 * An engine that is there.
 *
 * @param bundle symbolic name and version of its bundle
 * @param reproducible whether its outputs may be kept
 * @param service how to take the engine's service object, and to give it back
 */
record InstalledEngine(
    String name,
    Set<String> extensions,
    Rank rank,
    String bundle,
    boolean reproducible,
    Service service) {

  /** Takes a service object for as long as somebody uses it. */
  interface Service {
    /** Null when it has gone. */
    TemplateEngine take();

    void giveBack(TemplateEngine engine);

    /**
     * What the engine's outputs depend on, see {@link EngineIdentity}; asked while it is in use.
     */
    String identity();

    /** Whether it is going, or has gone. */
    boolean isGone();

    /** Says that it is going. */
    void leave();
  }

  /**
   * Who wins when two engines claim the same: the higher ranking; of one symbolic name the newer
   * version, then the higher bundle id; else the one that came first.
   */
  record Rank(int ranking, String symbolicName, Version version, long bundleId, long serviceId)
      implements Comparable<Rank> {
    private static final Comparator<Rank> NEWEST =
        Comparator.comparing(Rank::version).thenComparing(Rank::bundleId).reversed();

    /** The winner is the least. */
    @Override
    public int compareTo(Rank other) {
      if (ranking != other.ranking) {
        return Integer.compare(other.ranking, ranking);
      }
      if (symbolicName.equals(other.symbolicName)) {
        int newest = NEWEST.compare(this, other);
        if (newest != 0) {
          return newest;
        }
      }
      return Long.compare(serviceId, other.serviceId);
    }
  }

  /** The service's id, which no other service ever has. */
  long id() {
    return rank.serviceId();
  }
}
