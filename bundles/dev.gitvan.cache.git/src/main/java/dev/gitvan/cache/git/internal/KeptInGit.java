package dev.gitvan.cache.git.internal;

import dev.gitvan.cache.spi.KeptCache;
import dev.gitvan.git.DamagedObjectException;
import dev.gitvan.git.GitObjects;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The caches that a repository has, whether somebody uses them in this process or not. */
final class KeptInGit {
  private static final String PREFIX = GitObjects.OWN_REFS + "cache/";

  private final GitObjects git;
  private final RepositoryId repository;
  private final Opening opening;

  /** Opens a region of the repository. */
  @FunctionalInterface
  interface Opening {
    GitRegion open(String cache, int schema);
  }

  KeptInGit(GitObjects git, RepositoryId repository, Opening opening) {
    this.git = git;
    this.repository = repository;
    this.opening = opening;
  }

  List<KeptCache> list() throws IOException {
    var all = new ArrayList<KeptCache>();
    for (var cache : caches()) {
      long entries = 0;
      long bytes = 0;
      for (int schema : schemasOrNone(cache)) {
        var region = opening.open(cache, schema);
        entries += Math.max(0, region.entries());
        bytes += Math.max(0, region.bytes());
      }
      all.add(new KeptCache(cache, entries, bytes, 0));
    }
    return all;
  }

  /**
   * @param name null: all
   */
  void clear(String name) throws IOException {
    for (var cache : caches()) {
      if (name == null || name.equals(cache)) {
        // Whatever is in the tree, one empty cache is left.
        var schemas = schemasOrNone(cache);
        opening.open(cache, schemas.isEmpty() ? 1 : schemas.get(0)).clear();
      }
    }
  }

  List<KeptCache> verify() throws IOException {
    var all = new ArrayList<KeptCache>();
    for (var cache : caches()) {
      all.add(verify(cache));
    }
    return all;
  }

  private KeptCache verify(String cache) throws IOException {
    long entries = 0;
    long bytes = 0;
    long corrupt = 0;
    try {
      for (int schema : schemas(cache)) {
        var region = opening.open(cache, schema);
        corrupt += region.verify();
        entries += Math.max(0, region.entries());
        bytes += Math.max(0, region.bytes());
      }
    } catch (DamagedObjectException e) {
      // A damaged tree hides whatever is below it.
      clear(cache);
      return new KeptCache(cache, 0, 0, corrupt + 1);
    }
    return new KeptCache(cache, entries, bytes, corrupt);
  }

  private Set<String> caches() throws IOException {
    var names = new TreeSet<String>();
    for (var ref : git.refs(repository, PREFIX).keySet()) {
      names.add(ref.substring(PREFIX.length()));
    }
    return names;
  }

  private List<Integer> schemas(String cache) throws IOException {
    var root = git.ref(repository, PREFIX + cache).orElse(null);
    return root == null ? List.of() : CacheTree.schemas(git, repository, root);
  }

  private List<Integer> schemasOrNone(String cache) throws IOException {
    try {
      return schemas(cache);
    } catch (DamagedObjectException e) {
      return List.of();
    }
  }
}
