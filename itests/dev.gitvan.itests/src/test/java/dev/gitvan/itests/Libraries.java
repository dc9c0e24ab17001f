package dev.gitvan.itests;

import java.util.List;

/** Bundles that are never started, as {@code etc/launcher.properties} names them. */
final class Libraries {
  private static final List<String> PREFIXES =
      List.of("ehcache-", "caffeine-", "jakarta.activation-", "jakarta.xml.");

  private Libraries() {}

  /** Whether a location or path ends with such a bundle's file name. */
  static boolean has(String location) {
    var name = location.substring(location.lastIndexOf('/') + 1);
    return PREFIXES.stream().anyMatch(name::startsWith);
  }
}
