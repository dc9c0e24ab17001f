package dev.gitvan.template.internal;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The releases of each part of a repository that has its own tags: the key is the prefix of their
 * names. Every string is a key. Safe for any thread.
 */
final class ReleasesByPrefix extends AbstractMap<String, Object> {
  private final GitValues values;
  private final Map<String, Releases> known = new ConcurrentHashMap<>();

  ReleasesByPrefix(GitValues values) {
    this.values = values;
  }

  @Override
  public Object get(Object key) {
    return key instanceof String prefix
        ? known.computeIfAbsent(prefix, name -> new Releases(values, name))
        : null;
  }

  @Override
  public boolean containsKey(Object key) {
    return key instanceof String;
  }

  /** Those that were asked for are no more than others. */
  @Override
  public Set<Entry<String, Object>> entrySet() {
    return Set.of();
  }
}
