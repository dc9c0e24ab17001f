package dev.gitvan.cache.git.internal;

import java.util.Map;

/**
 * A cache's tree as it was read. Immutable.
 *
 * @param root id that the ref named; null: there was no ref
 * @param entries by key hash
 * @param buckets tree ids by bucket
 * @param bytes of all values
 */
record View(String root, Map<String, Entry> entries, Map<String, String> buckets, long bytes) {
  View {
    entries = Map.copyOf(entries);
    buckets = Map.copyOf(buckets);
  }

  /** Nothing, though the ref may name something: another's, another schema's, or damaged. */
  static View empty(String root) {
    return new View(root, Map.of(), Map.of(), 0);
  }
}
