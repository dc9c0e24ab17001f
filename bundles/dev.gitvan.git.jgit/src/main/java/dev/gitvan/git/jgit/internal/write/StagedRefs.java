package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.batch.CheckedOut;
import dev.gitvan.git.jgit.internal.batch.RefNames;
import dev.gitvan.git.jgit.internal.batch.Targets;
import dev.gitvan.git.jgit.internal.refs.RefFiles;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.job.spi.Staging.RefSpec;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;

/** The refs that a run moves beside its branch, tags and notes. */
final class StagedRefs {
  private final Opened opened;
  private final Map<String, StagedRef> staged = new LinkedHashMap<>();

  StagedRefs(Opened opened) {
    this.opened = opened;
  }

  /**
   * Stages one; a second time on top of the first.
   *
   * @param reader knows what is staged
   * @param tags names of tags that are staged
   */
  void stage(RefSpec spec, ObjectReader reader, Collection<String> tags) throws IOException {
    RefNames.check(spec.ref());
    var refs = new RefFiles(opened.worktree());
    var name = refs.leaf(spec.ref());
    if (tags.contains(name)) {
      throw exists(name, name);
    }
    var before = staged.get(name);
    var from = before == null ? refs.read(name) : before.from();
    var now = before == null ? from : before.to();
    require(spec, now);
    requireFree(opened, name);
    var to = spec.target().isEmpty() ? null : target(name, spec.target(), reader);
    if (to != null && now == null) {
      var other = conflict(name, refs, tags);
      if (other != null) {
        throw exists(name, other);
      }
    }
    staged.remove(name);
    if (!Objects.equals(from, to)) {
      staged.put(name, new StagedRef(name, from, to, spec.reason()));
    }
  }

  private static ObjectId target(String name, String id, ObjectReader reader) throws IOException {
    try (var walk = new RevWalk(reader)) {
      return new Targets(walk).require(name, id);
    }
  }

  private static void require(RefSpec spec, ObjectId now) {
    var expected = spec.expected();
    if (expected == null) {
      return;
    }
    if (expected.isEmpty() && now != null) {
      throw exists(spec.ref(), spec.ref());
    }
    if (!expected.isEmpty() && (now == null || !now.name().equals(expected))) {
      throw moved(spec.ref(), expected, now);
    }
  }

  /** A ref in the way of a new name; null when there is none. */
  private String conflict(String name, RefFiles refs, Collection<String> tags) throws IOException {
    for (var other : names()) {
      if (isBeside(name, other) && staged.get(other).to() != null) {
        return other;
      }
    }
    for (var tag : tags) {
      if (isBeside(name, tag)) {
        return tag;
      }
    }
    return refs.conflict(name, this::isDeleted, new HashSet<>());
  }

  /** Whether Git cannot have both names: one would be the other's folder. */
  static boolean isBeside(String one, String other) {
    return one.startsWith(other + "/") || other.startsWith(one + "/");
  }

  boolean isDeleted(String name) {
    var ref = staged.get(name);
    return ref != null && ref.to() == null;
  }

  Collection<String> names() {
    return staged.keySet();
  }

  List<StagedRef> all() {
    return List.copyOf(staged.values());
  }

  void clear() {
    staged.clear();
  }

  /**
   * @throws GitVanException {@code REF_CHECKED_OUT}
   */
  static void requireFree(Opened opened, String name) throws IOException {
    boolean bare = opened.settings().all().getBoolean("core", null, "bare", false);
    var where = new CheckedOut(opened.worktree().repository(), bare).of(name);
    if (where != null) {
      throw GitVanException.of(
          Codes.REF_CHECKED_OUT,
          name,
          "the branch is checked out in the worktree of " + where,
          "Check out another branch there, or commit there.");
    }
  }

  static GitVanException moved(String name, String expected, ObjectId now) {
    return GitVanException.of(
        Codes.REPO_MOVED,
        name,
        "the ref should be "
            + (expected.isEmpty() ? "absent" : expected)
            + (now == null ? ", but there is no such ref" : ", but it is " + now.name()),
        "Run the job again.");
  }

  static GitVanException exists(String name, String other) {
    return GitVanException.of(
        Codes.REF_EXISTS,
        name,
        name.equals(other) ? "the ref already exists" : "it conflicts with " + other,
        "Choose another name, or delete the other one first.");
  }
}
