package dev.gitvan.template.pebble.internal;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The methods that templates may call: predicates of strings, lists and maps that change nothing
 * and cost no more than their answer. They are called by name here; reflection has no part in it.
 */
final class Methods {
  private Methods() {}

  /**
   * Calls one.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_METHOD_DENIED}
   */
  static Object call(Object object, String name, Object[] arguments, String template, int line) {
    Object result = Scopes.MISSING;
    if (object instanceof CharSequence text) {
      result = ofText(text.toString(), name, arguments);
    } else if (object instanceof Map<?, ?> map) {
      result = ofMap(map, name, arguments);
    } else if (object instanceof Collection<?> list) {
      result = ofList(list, name, arguments);
    } else if (object instanceof Map.Entry<?, ?> entry && arguments.length == 0) {
      result =
          switch (name) {
            case "getKey" -> entry.getKey();
            case "getValue" -> entry.getValue();
            default -> Scopes.MISSING;
          };
    } else if (arguments.length == 0 && isGetter(name)) {
      result = Beans.get(object, property(name));
    }
    if (result == Scopes.MISSING) {
      throw Beans.denied(name, template, line);
    }
    return result;
  }

  private static Object ofText(String text, String name, Object[] arguments) {
    if (arguments.length == 0) {
      return switch (name) {
        case "length" -> (long) Characters.count(text);
        case "isEmpty" -> text.isEmpty();
        case "isBlank" -> text.isBlank();
        case "trim", "strip" -> text.strip();
        case "toUpperCase" -> text.toUpperCase(Locale.ROOT);
        case "toLowerCase" -> text.toLowerCase(Locale.ROOT);
        case "toString" -> text;
        default -> Scopes.MISSING;
      };
    }
    if (arguments.length == 1 && arguments[0] instanceof CharSequence other) {
      return switch (name) {
        case "startsWith" -> text.startsWith(other.toString());
        case "endsWith" -> text.endsWith(other.toString());
        case "contains", "includes" -> text.contains(other);
        case "indexOf" -> indexOf(text, other.toString());
        case "equals" -> text.contentEquals(other);
        case "equalsIgnoreCase" -> text.equalsIgnoreCase(other.toString());
        default -> Scopes.MISSING;
      };
    }
    if (name.equals("substring") && areNumbers(arguments)) {
      long to = arguments.length > 1 ? Numbers.toLong((Number) arguments[1]) : Long.MAX_VALUE;
      return Characters.slice(text, Math.max(0, Numbers.toLong((Number) arguments[0])), to);
    }
    return Scopes.MISSING;
  }

  private static Object ofMap(Map<?, ?> map, String name, Object[] arguments) {
    if (arguments.length == 0) {
      return switch (name) {
        case "size" -> (long) map.size();
        case "isEmpty" -> map.isEmpty();
        case "keySet", "keys" -> List.copyOf(map.keySet());
        case "values" -> java.util.Collections.unmodifiableCollection(map.values());
        case "entrySet", "items" -> map.entrySet();
        default -> Scopes.MISSING;
      };
    }
    if (arguments.length == 1) {
      return switch (name) {
        case "get" -> map.get(arguments[0]);
        case "containsKey" -> map.containsKey(arguments[0]);
        case "containsValue" -> map.containsValue(arguments[0]);
        default -> Scopes.MISSING;
      };
    }
    if (arguments.length == 2 && (name.equals("getOrDefault") || name.equals("get"))) {
      return map.containsKey(arguments[0]) ? map.get(arguments[0]) : arguments[1];
    }
    return Scopes.MISSING;
  }

  private static Object ofList(Collection<?> list, String name, Object[] arguments) {
    if (arguments.length == 0) {
      return switch (name) {
        case "size" -> (long) list.size();
        case "isEmpty" -> list.isEmpty();
        default -> Scopes.MISSING;
      };
    }
    if (arguments.length == 1) {
      return switch (name) {
        case "contains", "includes" -> list.contains(arguments[0]);
        case "indexOf" ->
            list instanceof List<?> l ? (long) l.indexOf(arguments[0]) : Scopes.MISSING;
        case "get" ->
            arguments[0] instanceof Number ? Members.get(list, arguments[0]) : Scopes.MISSING;
        default -> Scopes.MISSING;
      };
    }
    return Scopes.MISSING;
  }

  private static boolean areNumbers(Object[] arguments) {
    return arguments[0] instanceof Number
        && (arguments.length == 1 || arguments.length == 2 && arguments[1] instanceof Number);
  }

  private static long indexOf(String text, String part) {
    int offset = text.indexOf(part);
    return offset < 0 ? -1 : Characters.index(text, offset);
  }

  private static boolean isGetter(String name) {
    return name.matches("(get|is|has)[A-Z]\\w*") || name.matches("[a-z]\\w*");
  }

  /** {@code getName} and a record's {@code name} are both {@code name}. */
  private static String property(String name) {
    for (var prefix : List.of("get", "is", "has")) {
      if (name.length() > prefix.length()
          && name.startsWith(prefix)
          && Character.isUpperCase(name.charAt(prefix.length()))) {
        var rest = name.substring(prefix.length());
        return rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1);
      }
    }
    return name;
  }
}
