package dev.gitvan.cache.git.internal;

import dev.gitvan.git.DamagedObjectException;
import dev.gitvan.git.GitObjects;
import dev.gitvan.git.GitObjects.TreeEntry;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a cache lies in Git. The ref names a tree with a blob {@code seal} and a tree {@code
 * vSCHEMA}; that has 256 buckets by the first byte of the key's hash; those have the values.
 */
final class CacheTree {
  /** Setting of the user's Git configuration: repositories whose fetched caches are trusted. */
  static final String TRUST = "gitvan.trustCache";

  private static final String SEAL = "seal";
  private static final Pattern SCHEMA = Pattern.compile("v\\d{1,9}");

  private final GitObjects git;
  private final RepositoryId repository;
  private final String cache;
  private final int schema;
  private final Secret secret;

  CacheTree(GitObjects git, RepositoryId repository, String cache, int schema, Secret secret) {
    this.git = git;
    this.repository = repository;
    this.cache = cache;
    this.schema = schema;
    this.secret = secret;
  }

  RepositoryId repository() {
    return repository;
  }

  String ref() {
    return GitObjects.OWN_REFS + "cache/" + cache;
  }

  Optional<String> root() throws IOException {
    return git.ref(repository, ref());
  }

  /**
   * The schema versions of the caches that a tree has.
   *
   * @throws DamagedObjectException when it cannot be read
   */
  static List<Integer> schemas(GitObjects git, RepositoryId repository, String root)
      throws IOException {
    var schemas = new ArrayList<Integer>();
    for (var entry : git.tree(repository, root).orElse(List.of())) {
      if (entry.tree() && SCHEMA.matcher(entry.name()).matches()) {
        schemas.add(Integer.parseInt(entry.name().substring(1)));
      }
    }
    return schemas;
  }

  /** Reads a tree; an untrusted, foreign or damaged one counts as empty. */
  View read(String root) throws IOException {
    if (root == null) {
      return View.empty(null);
    }
    try {
      return readWhole(root);
    } catch (DamagedObjectException e) {
      return View.empty(root);
    }
  }

  /**
   * As {@link #read}, and says when it is damaged.
   *
   * @throws DamagedObjectException when an object of it is
   */
  View readWhole(String root) throws IOException {
    var top = tree(root);
    var content = find(top, "v" + schema);
    if (content == null || !isTrusted(top, content)) {
      return View.empty(root);
    }
    var entries = new HashMap<String, Entry>();
    var buckets = new HashMap<String, String>();
    long bytes = 0;
    for (var bucket : tree(content)) {
      if (!bucket.tree()) {
        continue;
      }
      buckets.put(bucket.name(), bucket.id());
      for (var child : tree(bucket.id())) {
        var entry = Entry.of(bucket.name(), child.name(), child.id());
        if (entry != null && entries.put(entry.hash(), entry) == null) {
          bytes += entry.bytes();
        }
      }
    }
    return new View(root, entries, buckets, bytes);
  }

  /** A tree that is named by one that is there: missing is damage too. */
  private List<TreeEntry> tree(String id) throws IOException {
    return git.tree(repository, id).orElseThrow(() -> new DamagedObjectException(id, null));
  }

  private static String find(List<TreeEntry> tree, String name) {
    return tree.stream()
        .filter(entry -> entry.name().equals(name))
        .map(TreeEntry::id)
        .findFirst()
        .orElse(null);
  }

  private boolean isTrusted(List<TreeEntry> top, String content) throws IOException {
    var blob = find(top, SEAL);
    if (blob != null) {
      var seal = git.blob(repository, blob);
      if (seal.isPresent()
          && secret.fits(
              new String(seal.get(), StandardCharsets.US_ASCII).strip(), cache, schema, content)) {
        return true;
      }
    }
    return trustsOthers();
  }

  private boolean trustsOthers() {
    var directory = repository.commonDir();
    for (var value : git.userSetting(TRUST)) {
      if (value.equals("*")
          || value.equals(directory.toString())
          || directory.endsWith(".git") && value.equals(directory.getParent().toString())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Writes the tree of these entries.
   *
   * @param old whose buckets are kept where nothing has changed
   * @param changed buckets that have
   */
  View write(View old, Map<String, Entry> entries, java.util.Set<String> changed)
      throws IOException {
    var buckets = new HashMap<>(old.buckets());
    var members = new HashMap<String, List<TreeEntry>>();
    for (var entry : entries.values()) {
      if (changed.contains(entry.bucket())) {
        members
            .computeIfAbsent(entry.bucket(), bucket -> new ArrayList<>())
            .add(new TreeEntry(entry.name(), false, entry.blob()));
      }
    }
    for (var bucket : new HashSet<>(changed)) {
      var inside = members.get(bucket);
      if (inside == null) {
        buckets.remove(bucket);
      } else {
        buckets.put(bucket, git.writeTree(repository, inside));
      }
    }
    var content = new ArrayList<TreeEntry>();
    buckets.forEach((name, id) -> content.add(new TreeEntry(name, true, id)));
    var tree = git.writeTree(repository, content);
    var seal = secret.seal(cache, schema, tree) + "\n";
    var sealed = git.writeBlob(repository, seal.getBytes(StandardCharsets.US_ASCII), false);
    var root =
        git.writeTree(
            repository,
            List.of(new TreeEntry(SEAL, false, sealed), new TreeEntry("v" + schema, true, tree)));
    long bytes = entries.values().stream().mapToLong(Entry::bytes).sum();
    return new View(root, entries, buckets, bytes);
  }

  boolean move(String from, String to) throws IOException {
    return git.moveRef(repository, ref(), from, to);
  }

  Optional<byte[]> value(Entry entry) throws IOException {
    return git.blob(repository, entry.blob());
  }

  String write(byte[] value, boolean again) throws IOException {
    return git.writeBlob(repository, value, again);
  }
}
