package dev.gitvan.template.pebble.internal;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** English plurals: the rules, and the words that keep to none. */
final class Plurals {
  private static final Map<String, String> IRREGULAR =
      Map.ofEntries(
          Map.entry("person", "people"),
          Map.entry("man", "men"),
          Map.entry("woman", "women"),
          Map.entry("child", "children"),
          Map.entry("foot", "feet"),
          Map.entry("tooth", "teeth"),
          Map.entry("goose", "geese"),
          Map.entry("mouse", "mice"),
          Map.entry("ox", "oxen"),
          Map.entry("datum", "data"),
          Map.entry("medium", "media"),
          Map.entry("criterion", "criteria"),
          Map.entry("vertex", "vertices"),
          Map.entry("matrix", "matrices"),
          Map.entry("leaf", "leaves"),
          Map.entry("life", "lives"),
          Map.entry("knife", "knives"),
          Map.entry("wife", "wives"),
          Map.entry("half", "halves"),
          Map.entry("shelf", "shelves"),
          Map.entry("self", "selves"),
          Map.entry("hero", "heroes"),
          Map.entry("echo", "echoes"),
          Map.entry("potato", "potatoes"),
          Map.entry("tomato", "tomatoes"),
          Map.entry("veto", "vetoes"),
          Map.entry("bus", "buses"),
          Map.entry("quiz", "quizzes"),
          Map.entry("move", "moves"),
          Map.entry("cache", "caches"));

  private static final Set<String> UNCOUNTABLE =
      Set.of(
          "information",
          "equipment",
          "metadata",
          "software",
          "hardware",
          "news",
          "series",
          "species",
          "sheep",
          "fish",
          "money",
          "rice",
          "feedback");

  private static final Map<String, String> BACK = new HashMap<>();

  static {
    IRREGULAR.forEach((one, many) -> BACK.put(many, one));
  }

  private Plurals() {}

  static String plural(String word) {
    var low = word.toLowerCase(Locale.ROOT);
    if (word.isBlank() || UNCOUNTABLE.contains(low)) {
      return word;
    }
    if (IRREGULAR.containsKey(low)) {
      return like(word, IRREGULAR.get(low));
    }
    if (low.endsWith("y") && low.length() > 1 && !isVowel(low.charAt(low.length() - 2))) {
      return cut(word, 1) + cased(word, "ies");
    }
    if (low.endsWith("sis")) {
      return cut(word, 2) + cased(word, "es");
    }
    boolean sibilant =
        low.endsWith("s")
            || low.endsWith("x")
            || low.endsWith("z")
            || low.endsWith("ch")
            || low.endsWith("sh");
    return word + cased(word, sibilant ? "es" : "s");
  }

  static String singular(String word) {
    var low = word.toLowerCase(Locale.ROOT);
    if (word.isBlank() || UNCOUNTABLE.contains(low)) {
      return word;
    }
    if (BACK.containsKey(low)) {
      return like(word, BACK.get(low));
    }
    if (low.endsWith("ies") && low.length() > 4) {
      return cut(word, 3) + cased(word, "y");
    }
    if (low.endsWith("yses")) {
      return cut(word, 2) + cased(word, "is");
    }
    if (low.endsWith("sses")
        || low.endsWith("xes")
        || low.endsWith("ches")
        || low.endsWith("shes")
        || low.endsWith("zzes")) {
      return cut(word, 2);
    }
    return low.endsWith("s") && !low.endsWith("ss") && !low.endsWith("us") && !low.endsWith("is")
        ? cut(word, 1)
        : word;
  }

  private static boolean isVowel(char c) {
    return "aeiou".indexOf(c) >= 0;
  }

  private static String cut(String word, int end) {
    return word.substring(0, word.length() - end);
  }

  /** An ending in the case of the word. */
  private static String cased(String word, String ending) {
    boolean upper = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
    return upper ? ending.toUpperCase(Locale.ROOT) : ending;
  }

  private static String like(String word, String other) {
    if (word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT))) {
      return other.toUpperCase(Locale.ROOT);
    }
    return Character.isUpperCase(word.charAt(0)) ? Words.capitalize(other) : other;
  }
}
