package dev.gitvan.template.pebble.internal;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What templates reach of a value by a name or a number. */
final class Members {
  private Members() {}

  /** The member, which may be null; {@link Scopes#MISSING} when there is none. */
  static Object get(Object object, Object key) {
    if (object instanceof Map<?, ?> map) {
      return ofMap(map, key);
    }
    if (key instanceof Number number) {
      return at(object, Numbers.toLong(number));
    }
    var name = String.valueOf(key);
    if (object instanceof Loop.State loop) {
      return loop.get(name);
    }
    if (object instanceof Map.Entry<?, ?> entry) {
      return switch (name) {
        case "key" -> entry.getKey();
        case "value" -> entry.getValue();
        default -> Scopes.MISSING;
      };
    }
    if (object instanceof CharSequence text) {
      return switch (name) {
        case "length", "size" -> (long) Characters.count(text);
        case "empty" -> text.isEmpty();
        default -> Scopes.MISSING;
      };
    }
    if (Values.items(object) != null) {
      return ofList(object, name);
    }
    return Beans.get(object, name);
  }

  private static Object ofMap(Map<?, ?> map, Object key) {
    var value = map.get(key);
    if (value != null || map.containsKey(key)) {
      return value;
    }
    if (key instanceof Number number) {
      // Keys may be numbers of another size, or have been read from JSON as strings.
      for (var entry : map.entrySet()) {
        if (entry.getKey() instanceof Number other && Numbers.areEqual(other, number)
            || number.toString().equals(entry.getKey())) {
          return entry.getValue();
        }
      }
    }
    return Scopes.MISSING;
  }

  private static Object ofList(Object list, String name) {
    switch (name) {
      case "length", "size":
        return Lists.length(list);
      case "empty":
        return !Values.isTrue(list);
      default:
        if (!name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
          return name.length() > 9 ? Scopes.MISSING : at(list, Long.parseLong(name));
        }
        return Scopes.MISSING;
    }
  }

  private static Object at(Object object, long index) {
    if (index < 0) {
      return Scopes.MISSING;
    }
    if (object instanceof List<?> list) {
      return index < list.size() ? list.get((int) index) : Scopes.MISSING;
    }
    if (object instanceof CharSequence text) {
      var character = Characters.at(text, index);
      return character == null ? Scopes.MISSING : character;
    }
    if (object.getClass().isArray()) {
      return index < Array.getLength(object) ? Array.get(object, (int) index) : Scopes.MISSING;
    }
    var items = Values.items(object);
    if (items == null) {
      return Scopes.MISSING;
    }
    var iterator = items.iterator();
    try {
      for (long i = 0; iterator.hasNext(); i++) {
        var item = iterator.next();
        if (i == index) {
          return item;
        }
      }
      return Scopes.MISSING;
    } finally {
      Values.close(iterator);
    }
  }

  /** The names that a value has, for suggestions. */
  static Collection<String> names(Object object) {
    if (object instanceof Map<?, ?> map) {
      return map.keySet().stream().map(String::valueOf).collect(Collectors.toList());
    }
    if (object instanceof Loop.State) {
      return Loop.State.NAMES;
    }
    if (object instanceof Map.Entry) {
      return List.of("key", "value");
    }
    return Values.items(object) != null || object instanceof CharSequence
        ? List.of("length", "empty")
        : Beans.names(object);
  }
}
