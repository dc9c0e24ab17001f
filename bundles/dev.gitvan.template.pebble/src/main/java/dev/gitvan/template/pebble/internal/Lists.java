package dev.gitvan.template.pebble.internal;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** Lists, and whatever else has items, read no further than is asked for. */
final class Lists {
  private Lists() {}

  /** A list that a template builds: it grows no further than {@link Operators#MAX_ITEMS}. */
  static final class Built extends ArrayList<Object> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean add(Object item) {
      check(1);
      return super.add(item);
    }

    @Override
    public boolean addAll(Collection<?> items) {
      check(items.size());
      return super.addAll(items);
    }

    private void check(int more) {
      if (size() + (long) more > Operators.MAX_ITEMS) {
        throw new BadArgument(
            String.format(
                java.util.Locale.ROOT,
                "a list of over %,d items, the limit for lists in templates",
                Operators.MAX_ITEMS));
      }
    }
  }

  /** The items. */
  static Iterable<?> items(Object value, String what) {
    var items = Values.items(value);
    if (items == null) {
      throw new BadArgument(what + " needs a list, not " + Values.kind(value));
    }
    return items;
  }

  /** The items as a list of its own. */
  static List<Object> copy(Object value, String what) {
    var copy = new Built();
    items(value, what).forEach(copy::add);
    return copy;
  }

  /** How many items or characters there are. */
  static long length(Object value) {
    if (value == null) {
      return 0;
    }
    if (value instanceof CharSequence text) {
      return Characters.count(text);
    }
    if (value instanceof Collection<?> collection) {
      return collection.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value.getClass().isArray()) {
      return Array.getLength(value);
    }
    long length = 0;
    for (var iterator = items(value, "length").iterator(); iterator.hasNext(); iterator.next()) {
      length++;
    }
    return length;
  }

  /** The items from an index to another, exclusive; those that there are. */
  static Object slice(Object value, long from, long to) {
    if (value instanceof CharSequence text) {
      return Characters.slice(text, from, to);
    }
    if (value instanceof List<?> list) {
      int end = (int) Math.min(list.size(), to);
      return from >= end ? List.of() : list.subList((int) from, end);
    }
    return new Slice(items(value, "slice"), from, Math.max(from, to));
  }

  /** Part of what is read as it is asked for: the rest is never read. */
  private record Slice(Iterable<?> whole, long from, long to) implements Iterable<Object> {
    @Override
    public Iterator<Object> iterator() {
      var iterator = whole.iterator();
      return new Part(iterator, from, to);
    }

    @Override
    public String toString() {
      return whole + "[" + from + ":" + to + "]";
    }
  }

  private static final class Part implements Iterator<Object>, AutoCloseable {
    private final Iterator<?> iterator;
    private final long from;
    private final long to;
    private long index;
    private boolean ended;

    Part(Iterator<?> iterator, long from, long to) {
      this.iterator = iterator;
      this.from = from;
      this.to = to;
    }

    @Override
    public boolean hasNext() {
      while (!ended && index < from && iterator.hasNext()) {
        iterator.next();
        index++;
      }
      if (!ended && (index >= to || !iterator.hasNext())) {
        close();
      }
      return !ended;
    }

    @Override
    public Object next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      index++;
      return iterator.next();
    }

    @Override
    public void close() {
      ended = true;
      Values.close(iterator);
    }
  }
}
