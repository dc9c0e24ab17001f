package dev.gitvan.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * At which start level each bundle starts, and which do not start by themselves.
 *
 * <p>Bundles are identified by the beginning of their file name, so that no jar is opened to find
 * out; the longest matching prefix wins.
 *
 * @param levels start level by file name prefix
 * @param defaultLevel start level of all others
 * @param onDemand prefixes of bundles that start with the interactive shell
 * @param libraries prefixes of bundles that never start: others only use their classes
 */
record StartPlan(
    Map<String, Integer> levels, int defaultLevel, List<String> onDemand, List<String> libraries) {
  static final int DEFAULT_LEVEL = 3;

  StartPlan {
    levels = Map.copyOf(levels);
    onDemand = List.copyOf(onDemand);
    libraries = List.copyOf(libraries);
  }

  /** When a bundle starts. */
  enum Start {
    AT_ONCE,
    WITH_THE_SHELL,
    NEVER
  }

  /**
   * One bundle of the plan.
   *
   * @param jar the bundle's file
   * @param level its start level
   * @param start when it starts
   */
  record Entry(Path jar, int level, Start start) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byLevel = Integer.compare(level, other.level);
      return byLevel != 0 ? byLevel : jar.compareTo(other.jar);
    }
  }

  /** The bundles in the order in which they are installed and started. */
  List<Entry> order(List<Path> jars) {
    List<Entry> entries = new ArrayList<>(jars.size());
    for (Path jar : jars) {
      String name = jar.getFileName().toString();
      entries.add(new Entry(jar, levelOf(name), startOf(name)));
    }
    Collections.sort(entries);
    return entries;
  }

  /** The level at which everything runs. */
  int highestLevel() {
    int highest = defaultLevel;
    for (int level : levels.values()) {
      highest = Math.max(highest, level);
    }
    return highest;
  }

  private int levelOf(String name) {
    String longest = "";
    int level = defaultLevel;
    for (Map.Entry<String, Integer> entry : levels.entrySet()) {
      String prefix = entry.getKey();
      if (name.startsWith(prefix) && prefix.length() > longest.length()) {
        longest = prefix;
        level = entry.getValue();
      }
    }
    return level;
  }

  private Start startOf(String name) {
    if (begins(name, libraries)) {
      return Start.NEVER;
    }
    return begins(name, onDemand) ? Start.WITH_THE_SHELL : Start.AT_ONCE;
  }

  private static boolean begins(String name, List<String> prefixes) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
