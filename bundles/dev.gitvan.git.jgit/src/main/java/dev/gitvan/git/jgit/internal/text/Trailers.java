package dev.gitvan.git.jgit.internal.text;

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
  private static final Pattern TRAILER =
      Pattern.compile("([A-Za-z0-9-]+)[ \t]*:(.*)", Pattern.DOTALL);
  private static final Pattern OWN =
      Pattern.compile("(Signed-off-by: |\\(cherry picked from commit ).*", Pattern.DOTALL);

  private Trailers() {}

  /** Whether a line is one that Git appends to messages when it is asked to. */
  static boolean isGits(String line) {
    return OWN.matcher(line).matches();
  }

  /** The trailers that a message ends with, unfolded. */
  public static List<Trailer> of(String message) {
    var lines = block(message);
    return isBlock(lines) ? read(lines) : List.of();
  }

  /** Whether a message ends with trailers, so that another one belongs to them. */
  static boolean end(String message) {
    return isBlock(block(message));
  }

  private static List<String> block(String message) {
    var text = Messages.stripTrailing(message);
    var lines = Arrays.asList(text.split("\n", -1));
    int start = lines.size();
    while (start > 0 && !isBlank(lines.get(start - 1))) {
      start--;
    }
    boolean first = lines.subList(0, start).stream().allMatch(Trailers::isBlank);
    return first ? List.of() : lines.subList(start, lines.size());
  }

  private static boolean isBlank(String line) {
    return Messages.stripTrailing(line).isEmpty();
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
      if (isGits(line)) {
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
        trailers.add(new Trailer(match.group(1), Messages.strip(match.group(2))));
        inTrailer = true;
      } else if (inTrailer && (line.startsWith(" ") || line.startsWith("\t"))) {
        var last = trailers.remove(trailers.size() - 1);
        trailers.add(
            new Trailer(last.key(), Messages.strip(last.value() + " " + Messages.strip(line))));
      } else {
        inTrailer = false;
      }
    }
    return trailers;
  }
}
