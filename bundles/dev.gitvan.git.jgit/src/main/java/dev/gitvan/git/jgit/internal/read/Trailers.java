package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.CommitGraph.Trailer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The trailers of a message, by Git's own rule (git:trailer.c): the last paragraph that is not the
 * first, if all its lines are trailers, or a quarter of them and one that Git itself writes.
 */
public final class Trailers {
  private static final Pattern TRAILER = Pattern.compile("([A-Za-z0-9-]+)[ \t]*:(.*)");
  private static final Pattern OWN =
      Pattern.compile("(Signed-off-by: |\\(cherry picked from commit ).*");

  private Trailers() {}

  static List<Trailer> of(String message) {
    var lines = block(message);
    return isBlock(lines) ? read(lines) : List.of();
  }

  /** Whether a message ends with trailers, so that another one belongs to them. */
  public static boolean end(String message) {
    return isBlock(block(message));
  }

  private static List<String> block(String message) {
    var text = message.stripTrailing();
    var lines = Arrays.asList(text.split("\n", -1));
    int start = lines.size();
    while (start > 0 && !lines.get(start - 1).isBlank()) {
      start--;
    }
    boolean first = lines.subList(0, start).stream().allMatch(String::isBlank);
    return first ? List.of() : lines.subList(start, lines.size());
  }

  private static boolean isBlock(List<String> lines) {
    int trailers = 0;
    int others = 0;
    boolean own = false;
    boolean inTrailer = false;
    for (var line : lines) {
      if (line.startsWith("#")) {
        continue;
      }
      if (OWN.matcher(line).matches()) {
        own = true;
        trailers++;
        inTrailer = true;
      } else if (TRAILER.matcher(line).matches()) {
        trailers++;
        inTrailer = true;
      } else if (line.startsWith(" ") || line.startsWith("\t")) {
        others += inTrailer ? 0 : 1;
      } else {
        others++;
        inTrailer = false;
      }
    }
    return trailers > 0 && others == 0 || own && trailers * 3 >= others;
  }

  private static List<Trailer> read(List<String> lines) {
    var trailers = new ArrayList<Trailer>();
    boolean inTrailer = false;
    for (var line : lines) {
      var match = TRAILER.matcher(line);
      if (match.matches()) {
        trailers.add(new Trailer(match.group(1), match.group(2).strip()));
        inTrailer = true;
      } else if (inTrailer && (line.startsWith(" ") || line.startsWith("\t"))) {
        var last = trailers.remove(trailers.size() - 1);
        trailers.add(new Trailer(last.key(), (last.value() + " " + line.strip()).strip()));
      } else {
        inTrailer = false;
      }
    }
    return trailers;
  }
}
