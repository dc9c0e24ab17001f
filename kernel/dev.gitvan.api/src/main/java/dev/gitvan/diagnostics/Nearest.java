package dev.gitvan.diagnostics;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Suggestions for a mistyped word, by edit distance (Damerau-Levenshtein, adjacent swaps). */
public final class Nearest {
  private Nearest() {}

  /**
   * Returns the most likely candidates: at most three, nearest first, with an edit distance of at
   * most a third of the word's length, at least 2; of words with fewer than five letters, 1.
   */
  public static List<String> to(String word, Collection<String> candidates) {
    int reach = word.length() < 5 ? 1 : Math.max(2, word.length() / 3);
    record Scored(String candidate, int distance) {}
    return candidates.stream()
        .distinct()
        .map(c -> new Scored(c, distance(word, c)))
        .filter(s -> s.distance() <= reach && s.distance() < s.candidate().length())
        .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::candidate))
        .limit(3)
        .map(Scored::candidate)
        .toList();
  }

  /**
   * Returns a sentence such as {@code Did you mean a or b?}, or {@code otherwise} if no candidate
   * is near.
   */
  public static String sentence(String word, Collection<String> candidates, String otherwise) {
    var near = to(word, candidates);
    return near.isEmpty() ? otherwise : "Did you mean " + String.join(" or ", near) + "?";
  }

  private static int distance(String a, String b) {
    var rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      rows[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      rows[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best =
            Math.min(Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1), rows[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, rows[i - 2][j - 2] + 1);
        }
        rows[i][j] = best;
      }
    }
    return rows[a.length()][b.length()];
  }
}
