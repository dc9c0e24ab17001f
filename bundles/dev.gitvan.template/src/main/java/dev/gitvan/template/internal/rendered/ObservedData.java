package dev.gitvan.template.internal.rendered;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/** A template's data, which notes what is asked of it. Unmodifiable; for one thread. */
final class ObservedData extends AbstractMap<String, Object> {
  private final Map<String, ?> data;
  private final Observation observation;

  ObservedData(Map<String, ?> data, Observation observation) {
    this.data = data;
    this.observation = observation;
  }

  @Override
  public Object get(Object key) {
    if (!(key instanceof String name)) {
      return null;
    }
    observation.variable(name);
    var value = data.get(name);
    return value instanceof LazyValues lazy ? new Lazy(name, lazy, observation) : value;
  }

  @Override
  public boolean containsKey(Object key) {
    if (!(key instanceof String name)) {
      return false;
    }
    observation.variable(name);
    return data.containsKey(name);
  }

  /** Whether there is any data is part of every key. */
  @Override
  public boolean isEmpty() {
    return data.isEmpty();
  }

  /** A rendering that reads all of it depends on all of it, {@code now} included. */
  @Override
  @SuppressWarnings("unchecked")
  public Set<Entry<String, Object>> entrySet() {
    observation.refuse();
    return ((Map<String, Object>) data).entrySet();
  }

  /** A lazy variable. */
  private static final class Lazy extends AbstractMap<String, Object> {
    private final String variable;
    private final LazyValues values;
    private final Observation observation;

    Lazy(String variable, LazyValues values, Observation observation) {
      this.variable = variable;
      this.values = values;
      this.observation = observation;
    }

    @Override
    public Object get(Object key) {
      if (!(key instanceof String name) || !values.containsKey(name)) {
        return null;
      }
      observation.lazy(variable, name, values);
      return values.get(name);
    }

    /** The names are always the same. */
    @Override
    public boolean containsKey(Object key) {
      return values.containsKey(key);
    }

    @Override
    public boolean isEmpty() {
      return values.isEmpty();
    }

    @Override
    public int size() {
      return values.size();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      observation.refuse();
      return values.entrySet();
    }
  }
}
