package dev.gitvan.template.internal.history;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Puts sections that were generated into a changelog that people write in, too. The text above the
 * sections and every release that the file has stay as they are, byte for byte. Releases that are
 * newer than those are added above them. In the section of what is unreleased, only the lines
 * between two comments are generated. When the output begins with a release instead, that takes in
 * what people wrote as unreleased.
 */
public final class ChangelogMerge {
  /** A byte is a character, so that nothing is lost whatever the file's encoding is. */
  private static final Charset BYTES = StandardCharsets.ISO_8859_1;

  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private static final String BEGIN = "<!-- gitvan:begin";
  private static final String BEGIN_LINE =
      BEGIN + " (rewritten by each run: write your own entries above this line) -->";
  private static final String END = "<!-- gitvan:end";
  private static final String END_LINE = END + " -->";

  private static final Pattern SUBHEADING = Pattern.compile(" {0,3}#{2,6}[ \t]+.*");

  private final ChangelogText file;
  private final ChangelogText output;

  /** How lines end. */
  private final String end;

  /** The first heading of the file is that of what is unreleased. */
  private final boolean hasUnreleased;

  private ChangelogMerge(String file, String output) {
    this.end = file.contains("\r\n") ? "\r\n" : "\n";
    this.output = ChangelogText.of(output.replace("\r\n", "\n").replace("\n", end));
    this.file = ChangelogText.of(file.isBlank() ? preamble(this.output) : file);
    this.hasUnreleased =
        !this.file.headings().isEmpty() && this.file.headings().get(0).isUnreleased();
  }

  /** What stands above the sections. */
  private static String preamble(ChangelogText text) {
    return text.headings().isEmpty()
        ? ""
        : String.join("", text.lines().subList(0, text.headings().get(0).line()));
  }

  /** What cannot be merged. */
  public static final class MergeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private MergeException(Reason reason, String detail) {
      super(detail);
      this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
      return reason;
    }
  }

  /** Why a changelog cannot be merged; the exception's message has the detail. */
  public enum Reason {
    /** The output has no section, or begins with one that names no version: the detail. */
    NO_SECTION,
    /** The output begins with a release that has a tag: the detail is its version. */
    RELEASED,
    /** A comment that ends the generated lines is missing, or has none before it: the detail. */
    MARKER
  }

  /**
   * Merges.
   *
   * @param file its content; empty if there is none
   * @param output the whole changelog as it would be without the file
   */
  public static byte[] merge(byte[] file, byte[] output) throws MergeException {
    var text = new String(file, BYTES);
    var mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    var merge = new ChangelogMerge(text.substring(mark.length()), new String(output, BYTES));
    return (mark + merge.merged()).getBytes(BYTES);
  }

  private String merged() throws MergeException {
    int first = output.secondLevel();
    if (output.headings().isEmpty() || output.headings().get(0).line() > first) {
      throw new MergeException(
          Reason.NO_SECTION,
          first < output.lines().size() ? output.lines().get(first).strip() : "");
    }
    var known = new HashSet<SemanticVersion>();
    file.headings().forEach(heading -> heading.version().ifPresent(known::add));
    var sections = new ArrayList<List<String>>();
    var release = output.headings().get(0).version();
    if (release.isEmpty()) {
      unreleased().ifPresent(sections::add);
    } else {
      checkIsNew(release.get());
      if (known.contains(release.get())) {
        return String.join("", file.lines());
      }
      sections.add(section(output.title(0), released()));
    }
    sections.addAll(newer(known));
    int start = file.headings().isEmpty() ? file.secondLevel() : file.headings().get(0).line();
    int rest = hasUnreleased ? file.end(0) : start;
    var result = new ArrayList<>(file.lines().subList(0, start));
    sections.forEach(section -> addApart(result, section));
    addApart(result, file.lines().subList(rest, file.lines().size()));
    return String.join("", result);
  }

  private void checkIsNew(SemanticVersion version) throws MergeException {
    var others = output.headings().subList(1, output.headings().size());
    if (others.stream().anyMatch(other -> other.version().equals(Optional.of(version)))) {
      throw new MergeException(Reason.RELEASED, version.toString());
    }
  }

  /** The generated releases, but for the first section, that are newer than what the file has. */
  private List<List<String>> newer(Set<SemanticVersion> known) {
    var newest = known.stream().max(SemanticVersion::compareTo);
    var sections = new ArrayList<List<String>>();
    for (int i = 1; i < output.headings().size(); i++) {
      var version = output.headings().get(i).version();
      if (version.isPresent()
          && newest.map(other -> version.get().compareTo(other) > 0).orElse(true)
          && known.add(version.get())) {
        sections.add(section(output.title(i), trimmed(output.body(i))));
      }
    }
    return sections;
  }

  /** The section of what is unreleased; empty when there is neither one nor anything to say. */
  private Optional<List<String>> unreleased() throws MergeException {
    var generated = trimmed(output.body(0));
    if (!hasUnreleased) {
      boolean isNew = file.headings().isEmpty() && isTitle(file.lines());
      return generated.isEmpty() && !isNew
          ? Optional.empty()
          : Optional.of(section(output.title(0), marked(generated)));
    }
    var written = written();
    var section = new ArrayList<>(file.title(0));
    section.addAll(written.above());
    if (!generated.isEmpty()) {
      addApart(section, marked(generated));
    }
    if (!trimmed(written.below()).isEmpty()) {
      addApart(section, generated.isEmpty() ? trimmed(written.below()) : written.below());
    }
    return Optional.of(section);
  }

  /** Whether there is nothing but a title and an introduction. */
  private static boolean isTitle(List<String> lines) {
    return lines.stream().noneMatch(line -> SUBHEADING.matcher(line.strip()).matches());
  }

  /** What people wrote as unreleased, and then what was generated, under the same headings. */
  private List<String> released() throws MergeException {
    var generated = trimmed(output.body(0));
    if (!hasUnreleased) {
      return generated;
    }
    var written = written();
    var body = new ArrayList<>(trimmed(written.above()));
    if (!trimmed(written.below()).isEmpty()) {
      addApart(body, trimmed(written.below()));
    }
    for (var group : groups(generated)) {
      int at = endOf(group.get(0), body);
      if (at < 0) {
        addApart(body, group);
      } else {
        endLine(body, at - 1);
        body.addAll(at, trimmed(group.subList(1, group.size())));
      }
    }
    return body;
  }

  /** Lines in groups, each with its heading. */
  private static List<List<String>> groups(List<String> lines) {
    var groups = new ArrayList<List<String>>();
    for (var line : lines) {
      if (groups.isEmpty() || SUBHEADING.matcher(line.strip()).matches()) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(line);
    }
    return groups;
  }

  /** Where the text under a heading ends, blank lines apart; -1 if there is no such heading. */
  private static int endOf(String heading, List<String> lines) {
    if (!SUBHEADING.matcher(heading.strip()).matches()) {
      return -1;
    }
    int start = 0;
    while (start < lines.size() && !lines.get(start).strip().equals(heading.strip())) {
      start++;
    }
    if (start == lines.size()) {
      return -1;
    }
    int end = start + 1;
    while (end < lines.size() && !SUBHEADING.matcher(lines.get(end).strip()).matches()) {
      end++;
    }
    while (lines.get(end - 1).isBlank()) {
      end--;
    }
    return end;
  }

  /** What people wrote as unreleased, above and below the generated lines. */
  private record Written(List<String> above, List<String> below) {}

  private Written written() throws MergeException {
    var body = file.body(0);
    int begin = lineWith(BEGIN, body);
    int end = lineWith(END, body);
    if (begin < 0 && end < 0) {
      return new Written(body, List.of());
    }
    if (begin < 0 || end < begin) {
      throw new MergeException(Reason.MARKER, begin < 0 ? BEGIN_LINE : END_LINE);
    }
    return new Written(body.subList(0, begin), body.subList(end + 1, body.size()));
  }

  private static int lineWith(String marker, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(marker)) {
        return i;
      }
    }
    return -1;
  }

  private List<String> marked(List<String> generated) {
    if (generated.isEmpty()) {
      return generated;
    }
    var marked = new ArrayList<String>();
    marked.add(BEGIN_LINE + end);
    marked.add(end);
    marked.addAll(generated);
    endLine(marked, marked.size() - 1);
    marked.add(end);
    marked.add(END_LINE + end);
    return marked;
  }

  private List<String> section(List<String> title, List<String> body) {
    var section = new ArrayList<>(title);
    if (!body.isEmpty()) {
      section.add(end);
      section.addAll(body);
    }
    return section;
  }

  /** Adds lines behind others, after a blank line. */
  private void addApart(List<String> lines, List<String> more) {
    if (!more.isEmpty() && !lines.isEmpty()) {
      endLine(lines, lines.size() - 1);
      if (!lines.get(lines.size() - 1).isBlank() && !more.get(0).isBlank()) {
        lines.add(end);
      }
    }
    lines.addAll(more);
  }

  /** The last line may have no end. */
  private void endLine(List<String> lines, int index) {
    if (!lines.get(index).endsWith("\n")) {
      lines.set(index, lines.get(index) + end);
    }
  }

  /** Lines without blank ones around them. */
  private static List<String> trimmed(List<String> lines) {
    int start = 0;
    int end = lines.size();
    while (start < end && lines.get(start).isBlank()) {
      start++;
    }
    while (end > start && lines.get(end - 1).isBlank()) {
      end--;
    }
    return lines.subList(start, end);
  }
}
