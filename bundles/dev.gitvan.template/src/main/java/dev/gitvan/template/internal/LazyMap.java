package dev.gitvan.template.internal;

import dev.gitvan.template.internal.rendered.LazyValues;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A map whose keys are known and whose values are made when they are asked for. Unmodifiable. */
final class LazyMap extends AbstractMap<String, Object> implements LazyValues {
  private final Map<String, Supplier<Object>> suppliers;
  private final Set<String> openEnded;

  /**
   * @param suppliers in iteration order; each remembers what it made
   * @param openEnded keys of values that are read bit by bit
   */
  LazyMap(Map<String, Supplier<Object>> suppliers, Set<String> openEnded) {
    this.suppliers = suppliers;
    this.openEnded = openEnded;
  }

  @Override
  public boolean isOpenEnded(String key) {
    return openEnded.contains(key);
  }

  @Override
  public Object get(Object key) {
    var supplier = suppliers.get(key);
    return supplier == null ? null : supplier.get();
  }

  @Override
  public boolean containsKey(Object key) {
    return suppliers.containsKey(key);
  }

  @Override
  public int size() {
    return suppliers.size();
  }

  @Override
  public Set<String> keySet() {
    return Collections.unmodifiableSet(suppliers.keySet());
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, Object>> iterator() {
        var entries = suppliers.entrySet().iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return entries.hasNext();
          }

          @Override
          public Entry<String, Object> next() {
            var entry = entries.next();
            return new SimpleImmutableEntry<>(entry.getKey(), entry.getValue().get());
          }
        };
      }

      @Override
      public int size() {
        return suppliers.size();
      }
    };
  }
}
