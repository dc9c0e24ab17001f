package dev.gitvan.git.jgit.internal.refs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * Reads the plan of an intent, and accepts it as a whole or not at all: refs move whose locks the
 * intent names, and reflogs of these refs or of HEAD get lines about these moves.
 */
final class PlanReader {
  /** The last line of a plan; without it, a plan was not written to its end. */
  static final String END = "planned";

  private static final System.Logger LOG = System.getLogger(PlanReader.class.getName());
  private static final int ID = Constants.OBJECT_ID_STRING_LENGTH;

  /** The two ids and the blank behind each, with which a line of a reflog begins. */
  private static final int IDS = 2 * ID + 2;

  private static final Pattern LOG_LINE =
      Pattern.compile(
          "[0-9a-f]{40} [0-9a-f]{40} [^<>\\p{Cntrl}]*<[^<>\\p{Cntrl}]*> -?\\d+ [+-]\\d{4}"
              + "(\t[^\\p{Cntrl}]*)?\n");

  private final Intents intents;
  private final Path file;
  private final Set<Path> locks;
  private final List<Move> moves = new ArrayList<>();
  private final List<Reflog.Entry> entries = new ArrayList<>();

  /** How the line of a ref's move begins in reflogs, by ref. */
  private final Map<String, String> lines = new HashMap<>();

  /** The same for all refs: any of them may be the one that HEAD names. */
  private final Set<String> all = new HashSet<>();

  private Path log;

  /**
   * @param file of the intent
   * @param locks that the intent may name and does
   */
  PlanReader(Intents intents, Path file, List<Path> locks) {
    this.intents = intents;
    this.file = file;
    this.locks = new HashSet<>(locks);
  }

  /** The plan; empty when there is none, not all of it, or not one that GitVan writes. */
  Optional<Intent.Planned> read(List<Map.Entry<String, String>> text) {
    for (int i = 0; i < text.size(); i++) {
      var key = text.get(i).getKey();
      if (key.equals(END)) {
        return Optional.of(new Intent.Planned(moves, entries));
      }
      if (key.equals("id") && !text.get(i).getValue().equals(file.getFileName().toString())) {
        return Optional.empty(); // of the intent whose file this was, after a power failure
      }
      if (!accept(key, text.get(i).getValue())) {
        LOG.log(
            System.Logger.Level.WARNING,
            file + ":" + (i + 1) + ": GitVan does not write this line, so the plan is ignored");
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private boolean accept(String key, String value) {
    return switch (key) {
      case "lock" -> intents.lock(value).isPresent();
      case "index" -> intents.index(value).isPresent();
      case "move" -> acceptMove(value);
      case "log" -> {
        log = intents.log(value).orElse(null);
        yield log != null;
      }
      case "line" -> acceptLine(value);
      default -> true; // the owner, or of a newer version
    };
  }

  private boolean acceptMove(String value) {
    if (value.length() <= IDS || value.charAt(ID) != ' ' || value.charAt(IDS - 1) != ' ') {
      return false;
    }
    var from = value.substring(0, ID);
    var to = value.substring(ID + 1, IDS - 1);
    var ref = value.substring(IDS);
    if (!ObjectId.isId(from) || !ObjectId.isId(to) || !mayMove(ref)) {
      return false;
    }
    var move = new Move(ref, idOrNull(from), idOrNull(to), null, "");
    if (move.deletes() && intents.logOf(ref).isEmpty()) {
      return false;
    }
    moves.add(move);
    lines.put(ref, value.substring(0, IDS));
    all.add(value.substring(0, IDS));
    return true;
  }

  private boolean mayMove(String ref) {
    return ref.startsWith(Constants.R_REFS)
        && Repository.isValidRefName(ref)
        && intents.lock(ref + ".lock").filter(locks::contains).isPresent();
  }

  private static ObjectId idOrNull(String text) {
    var id = ObjectId.fromString(text);
    return id.equals(ObjectId.zeroId()) ? null : id;
  }

  private boolean acceptLine(String value) {
    if (log == null || !LOG_LINE.matcher(value).matches()) {
      return false;
    }
    var ref = intents.refOf(log).orElseThrow();
    var ids = value.substring(0, IDS);
    if (ref.equals(Constants.HEAD) ? !all.contains(ids) : !ids.equals(lines.get(ref))) {
      return false;
    }
    entries.add(new Reflog.Entry(log, value));
    return true;
  }
}
