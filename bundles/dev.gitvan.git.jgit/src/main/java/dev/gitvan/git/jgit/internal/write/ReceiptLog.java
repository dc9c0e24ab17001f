package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.git.jgit.internal.refs.ReceiptsTip;
import dev.gitvan.git.jgit.internal.refs.RefFiles;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.ReceiptQuery;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.notes.NoteMap;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The receipts of a repository. A line is parsed only when it is asked for: which run it is of, and
 * so its place in time, stands at its beginning.
 */
final class ReceiptLog {
  private static final Pattern LINE = Pattern.compile("\\{\\s*\"id\"\\s*:\\s*\"([^\"\\\\]+)\".*");

  private final Documents documents;
  private final List<Line> lines;

  /** A line that looks like a receipt, in however many notes it stands. */
  static final class Line {
    private final String id;
    private final String text;
    private final Set<ObjectId> targets = new LinkedHashSet<>();
    private boolean contradicted;

    private Line(String id, String text) {
      this.id = id;
      this.text = text;
    }

    String id() {
      return id;
    }

    String text() {
      return text;
    }

    /** The objects whose notes have it: several where a commit was amended or rebased. */
    Set<ObjectId> targets() {
      return targets;
    }

    /** Whether another line with the same id says something else. */
    boolean isContradicted() {
      return contradicted;
    }

    boolean isReceipt() {
      return text.contains(Receipt.SCHEMA);
    }
  }

  private ReceiptLog(Documents documents, List<Line> lines) {
    this.documents = documents;
    this.lines = lines;
  }

  /** Reads the notes as they are now. */
  static ReceiptLog read(Repository repository, RepositoryId id, RefFiles refs, Documents documents)
      throws IOException {
    var tip = refs.read(refs.leaf(ReceiptNotes.REF));
    var byId = new HashMap<String, Line>();
    if (tip != null) {
      try (var walk = new RevWalk(repository)) {
        var reader = walk.getObjectReader();
        for (var note : NoteMap.read(reader, NotesRef.commit(ReceiptNotes.REF, tip, walk))) {
          collect(note.copy(), note.getData(), reader, byId);
        }
        // What the next writer will put back is there for readers already.
        LostReceipts.between(ReceiptsTip.read(id), tip, reader)
            .forEach((target, lines) -> lines.forEach(line -> collect(target, line, byId)));
      }
    }
    var lines = new ArrayList<>(byId.values());
    lines.sort(Comparator.comparing(Line::id).reversed());
    return new ReceiptLog(documents, lines);
  }

  private static void collect(
      ObjectId target, ObjectId note, ObjectReader reader, Map<String, Line> byId)
      throws IOException {
    try {
      NoteLines.each(reader, note, line -> collect(target, line, byId));
    } catch (MissingObjectException e) {
      // a partial clone without this note
    }
  }

  private static void collect(ObjectId target, String text, Map<String, Line> byId) {
    var matcher = LINE.matcher(text.strip());
    if (matcher.matches()) {
      var line =
          byId.computeIfAbsent(matcher.group(1), id -> new Line(id, matcher.group().strip()));
      line.targets.add(target);
      line.contradicted |= !line.text.equals(text.strip());
    }
  }

  /** The lines, newest run first. */
  List<Line> lines() {
    return lines;
  }

  /** The newest receipts of those that are asked for. */
  List<Receipt> newest(ReceiptQuery query) {
    return lines.stream()
        // Parsed only if it may be one of them.
        .filter(line -> query.job() == null || line.text().contains(query.job()))
        .flatMap(line -> parse(line).stream())
        .filter(query::fits)
        .limit(query.limit())
        .toList();
  }

  /**
   * The receipt whose id begins so; ids are read in lower case, too.
   *
   * @throws GitVanException {@code OBJECT_AMBIGUOUS}
   */
  Optional<Receipt> find(String id) {
    var found =
        lines.stream()
            .filter(line -> line.id().regionMatches(true, 0, id, 0, id.length()))
            .map(this::parse)
            .flatMap(Optional::stream)
            .limit(2)
            .toList();
    if (found.size() > 1 && !found.get(0).id().equalsIgnoreCase(id)) {
      throw GitVanException.of(
          Codes.OBJECT_AMBIGUOUS,
          id.isEmpty() ? "''" : id,
          "several receipts match, " + found.get(0).id() + " among them",
          "Use more of the id.");
    }
    return found.stream().findFirst();
  }

  private Optional<Receipt> parse(Line line) {
    try {
      return Optional.of(parse(line, documents));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * @throws IllegalArgumentException when the line is no receipt
   */
  @SuppressWarnings("unchecked")
  static Receipt parse(Line line, Documents documents) {
    try {
      var bytes = line.text().getBytes(StandardCharsets.UTF_8);
      var value = documents.parse(bytes, "receipt " + line.id(), Documents.Syntax.JSON).value();
      if (value instanceof Map<?, ?> map) {
        return Receipt.fromMap((Map<String, Object>) map);
      }
      throw new IllegalArgumentException("not an object");
    } catch (GitVanException e) {
      throw new IllegalArgumentException(e.problem().what(), e);
    }
  }
}
