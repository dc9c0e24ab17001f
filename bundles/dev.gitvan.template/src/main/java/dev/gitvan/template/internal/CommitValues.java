package dev.gitvan.template.internal;

import dev.gitvan.git.Commit;
import dev.gitvan.git.CommitGraph.Trailer;
import dev.gitvan.template.internal.history.ConventionalCommit;
import dev.gitvan.template.internal.history.ConventionalCommit.Footer;
import java.time.format.DateTimeFormatter;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What templates see of a commit. Its message is parsed when a template asks for a part of it.
 * Unmodifiable; for one thread.
 */
final class CommitValues extends AbstractMap<String, Object> {
  private static final Set<String> KEYS =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(
              List.of(
                  "hash",
                  "shortHash",
                  "author",
                  "email",
                  "date",
                  "subject",
                  "body",
                  "type",
                  "scope",
                  "breaking",
                  "breakingDescription",
                  "description",
                  "footers",
                  "trailers",
                  "isMerge",
                  "url")));

  private final Commit commit;
  private final GitValues values;
  private ConventionalCommit conventional;
  private List<Map<String, Object>> trailers;

  CommitValues(Commit commit, GitValues values) {
    this.commit = commit;
    this.values = values;
  }

  @Override
  public Object get(Object key) {
    if (!KEYS.contains(key)) {
      return null;
    }
    return switch ((String) key) {
      case "hash" -> commit.id();
      case "shortHash" -> values.shortened(commit.id());
      case "author" -> commit.author();
      case "email" -> commit.email();
      case "date" -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(commit.date());
      case "subject" -> commit.subject();
      case "body" -> commit.body();
      case "type" -> conventional().type();
      case "scope" -> conventional().scope();
      case "breaking" -> conventional().breaking();
      case "breakingDescription" -> conventional().breakingDescription();
      case "description" -> conventional().description();
      case "footers" -> conventional().footers().stream().map(CommitValues::map).toList();
      case "trailers" -> trailers();
      case "isMerge" -> commit.parents().size() > 1;
      case "url" -> values.pages().commit(commit.id());
      default -> throw new IllegalStateException("no value for " + key);
    };
  }

  private ConventionalCommit conventional() {
    if (conventional == null) {
      conventional = ConventionalCommit.of(commit.subject(), commit.body());
    }
    return conventional;
  }

  private List<Map<String, Object>> trailers() {
    if (trailers == null) {
      trailers = values.trailers(commit.id()).stream().map(CommitValues::map).toList();
    }
    return trailers;
  }

  private static Map<String, Object> map(Footer footer) {
    var map = new LinkedHashMap<String, Object>();
    map.put("token", footer.token());
    map.put("separator", footer.separator());
    map.put("value", footer.value());
    map.put("breaking", footer.isBreaking());
    return map;
  }

  private static Map<String, Object> map(Trailer trailer) {
    var map = new LinkedHashMap<String, Object>();
    map.put("key", trailer.key());
    map.put("value", trailer.value());
    return map;
  }

  @Override
  public boolean containsKey(Object key) {
    return KEYS.contains(key);
  }

  @Override
  public Set<String> keySet() {
    return KEYS;
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    var entries = new LinkedHashSet<Entry<String, Object>>();
    KEYS.forEach(key -> entries.add(new SimpleImmutableEntry<>(key, get(key))));
    return entries;
  }
}
