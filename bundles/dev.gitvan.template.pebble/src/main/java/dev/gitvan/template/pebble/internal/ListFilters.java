package dev.gitvan.template.pebble.internal;

import static dev.gitvan.template.pebble.internal.SimpleFilter.of;

import dev.gitvan.template.pebble.internal.SimpleFilter.Arguments;
import io.pebbletemplates.pebble.extension.Filter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Filters of lists. None changes what it is given, and none reads further than it must. */
final class ListFilters {
  private ListFilters() {}

  static void addTo(Map<String, Filter> filters) {
    filters.put("first", of((input, a) -> first(input)));
    filters.put("last", of((input, a) -> last(input)));
    filters.put("slice", of(ListFilters::slice, "from", "to"));
    filters.put("join", of(ListFilters::join, "separator", "attribute"));
    filters.put("sort", of((input, a) -> sort(input, a, false), "attribute"));
    filters.put("rsort", of((input, a) -> sort(input, a, true), "attribute"));
    filters.put("reverse", of(ListFilters::reverse));
    filters.put("unique", of(ListFilters::unique, "attribute"));
    filters.put("groupby", of(ListFilters::groupBy, "attribute"));
    filters.put("group_by", of(ListFilters::groupBy, "attribute"));
    filters.put("selectattr", of((input, a) -> select(input, a, true), "attribute", "value"));
    filters.put("rejectattr", of((input, a) -> select(input, a, false), "attribute", "value"));
    filters.put("select", of((input, a) -> filtered(input, true)));
    filters.put("reject", of((input, a) -> filtered(input, false)));
    filters.put("map", of(ListFilters::map, "attribute"));
    filters.put("list", of((input, a) -> list(input)));
    filters.put("batch", of(ListFilters::batch, "size", "fill"));
    filters.put("dictsort", of((input, a) -> sortedByKey(input)));
    filters.put("merge", of(ListFilters::merge, "items"));
    filters.put("sum", of(ListFilters::sum, "attribute"));
    filters.put("max", of((input, a) -> extreme(input, 1)));
    filters.put("min", of((input, a) -> extreme(input, -1)));
  }

  private static Object first(Object input) {
    if (input instanceof CharSequence text) {
      return Characters.slice(text, 0, 1);
    }
    var iterator = Lists.items(input, "it").iterator();
    try {
      return iterator.hasNext() ? iterator.next() : null;
    } finally {
      Values.close(iterator);
    }
  }

  private static Object last(Object input) {
    if (input instanceof CharSequence chars) {
      var text = chars.toString();
      return text.isEmpty() ? "" : Character.toString(text.codePointBefore(text.length()));
    }
    if (input instanceof List<?> list) {
      return list.isEmpty() ? null : list.get(list.size() - 1);
    }
    Object last = null;
    for (var item : Lists.items(input, "it")) {
      last = item;
    }
    return last;
  }

  private static Object slice(Object input, Arguments arguments) {
    return Lists.slice(input, arguments.count("from", 0), arguments.count("to", Long.MAX_VALUE));
  }

  private static Object join(Object input, Arguments arguments) {
    var separator = arguments.text("separator", "");
    var rendering = arguments.rendering();
    var out = new MemoryWriter(rendering);
    try {
      boolean first = true;
      for (var item : Lists.items(input, "it")) {
        if (!first) {
          out.write(separator);
        }
        first = false;
        var part = part(item, arguments);
        out.print(part == null ? "null" : part);
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.text();
  }

  /** An item, or what it has under the name in {@code attribute}, dots leading further in. */
  private static Object part(Object item, Arguments arguments) {
    var attribute = arguments.get("attribute");
    if (attribute == null) {
      return item;
    }
    var part = item;
    for (var name : attribute.toString().split("\\.")) {
      if (part != null) {
        part = Members.get(part, name);
      }
      if (part == Scopes.MISSING) {
        if (arguments.rendering().options().strict()) {
          throw new BadArgument("an item has no " + attribute);
        }
        part = null;
      }
    }
    return part;
  }

  private static Object sort(Object input, Arguments arguments, boolean backwards) {
    var sorted = Lists.copy(input, "it");
    sorted.sort(
        (a, b) -> {
          int order = compare(part(a, arguments), part(b, arguments));
          return backwards ? -order : order;
        });
    return sorted;
  }

  /** Nothing comes first. */
  private static int compare(Object a, Object b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? -1 : 1;
    }
    if (a instanceof Boolean x && b instanceof Boolean y) {
      return Boolean.compare(x, y);
    }
    return Operators.compare(a, b);
  }

  private static Object reverse(Object input, Arguments arguments) {
    if (input instanceof CharSequence text) {
      return new StringBuilder(text).reverse().toString();
    }
    var reversed = Lists.copy(input, "it");
    Collections.reverse(reversed);
    return reversed;
  }

  private static Object unique(Object input, Arguments arguments) {
    var seen = new LinkedHashSet<Object>();
    var unique = new Lists.Built();
    for (var item : Lists.items(input, "it")) {
      if (seen.add(part(item, arguments))) {
        unique.add(item);
      }
    }
    return unique;
  }

  /** A map from what the items have under a name to those that have it, in their order. */
  private static Object groupBy(Object input, Arguments arguments) {
    if (arguments.get("attribute") == null) {
      throw new BadArgument("the attribute to group by is missing");
    }
    var groups = new LinkedHashMap<Object, Lists.Built>();
    for (var item : Lists.items(input, "it")) {
      groups.computeIfAbsent(part(item, arguments), k -> new Lists.Built()).add(item);
    }
    return groups;
  }

  /** The items whose part is true, or is the value that is given. */
  private static Object select(Object input, Arguments arguments, boolean wanted) {
    var selected = new Lists.Built();
    var value = arguments.get("value");
    for (var item : Lists.items(input, "it")) {
      var part = part(item, arguments);
      boolean fits = value == null ? Values.isTrue(part) : Operators.areEqual(part, value);
      if (fits == wanted) {
        selected.add(item);
      }
    }
    return selected;
  }

  /** The items that are true, or those that are not. */
  private static Object filtered(Object input, boolean wanted) {
    var items = new Lists.Built();
    for (var item : Lists.items(input, "it")) {
      if (Values.isTrue(item) == wanted) {
        items.add(item);
      }
    }
    return items;
  }

  /** A list of its own: of a string its characters, of a map its keys. */
  private static Object list(Object input) {
    if (input instanceof CharSequence text) {
      var characters = new Lists.Built();
      text.toString().codePoints().forEach(c -> characters.add(Character.toString(c)));
      return characters;
    }
    return Lists.copy(input instanceof Map<?, ?> map ? map.keySet() : input, "it");
  }

  /** Lists of so many items each; the last is filled up if there is something to fill it with. */
  private static Object batch(Object input, Arguments arguments) {
    long size = arguments.count("size", 0);
    if (size == 0) {
      throw new BadArgument("the size of a batch is missing");
    }
    var batches = new Lists.Built();
    Lists.Built last = null;
    for (var item : Lists.items(input, "it")) {
      if (last == null || last.size() == size) {
        last = new Lists.Built();
        batches.add(last);
      }
      last.add(item);
    }
    var fill = arguments.get("fill");
    while (fill != null && last != null && last.size() < size) {
      last.add(fill);
    }
    return batches;
  }

  private static Object sortedByKey(Object input) {
    if (!(input instanceof Map<?, ?> map)) {
      throw new BadArgument("it sorts maps, not " + Values.kind(input));
    }
    var entries = Lists.copy(map.entrySet(), "it");
    entries.sort((a, b) -> compare(((Map.Entry<?, ?>) a).getKey(), ((Map.Entry<?, ?>) b).getKey()));
    return entries;
  }

  private static Object map(Object input, Arguments arguments) {
    var parts = new Lists.Built();
    for (var item : Lists.items(input, "it")) {
      parts.add(part(item, arguments));
    }
    return parts;
  }

  /** A map with the other's entries too, or a list with the other's items too. */
  private static Object merge(Object input, Arguments arguments) {
    var other = arguments.get("items");
    if (input instanceof Map<?, ?> map) {
      if (!(other instanceof Map<?, ?> more)) {
        throw new BadArgument("a map is merged with a map, not with " + Values.kind(other));
      }
      var merged = new LinkedHashMap<Object, Object>(map);
      merged.putAll(more);
      return merged;
    }
    var merged = Lists.copy(input, "it");
    Lists.items(other, "items").forEach(merged::add);
    return merged;
  }

  private static Object sum(Object input, Arguments arguments) {
    Object sum = 0L;
    for (var item : Lists.items(input, "it")) {
      sum = Numbers.Operation.ADD.of(sum, number(part(item, arguments)));
    }
    return sum;
  }

  private static Number number(Object value) {
    if (value instanceof Number number) {
      return number;
    }
    throw new BadArgument("it adds numbers, not " + Values.kind(value));
  }

  static Object extreme(Object input, int sign) {
    Object extreme = null;
    for (var item : Lists.items(input, "it")) {
      if (extreme == null || Integer.signum(compare(item, extreme)) == sign) {
        extreme = item;
      }
    }
    return extreme;
  }
}
