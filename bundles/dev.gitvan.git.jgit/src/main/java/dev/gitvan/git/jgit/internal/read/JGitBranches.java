package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Branches;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/** Branches read with JGit. */
public class JGitBranches implements Branches {
  private final View view;

  public JGitBranches(View view) {
    this.view = view;
  }

  @Override
  public List<Branch> local() {
    return named(refs(Constants.R_HEADS));
  }

  @Override
  public List<Branch> remote() {
    return named(refs(Constants.R_REMOTES).stream().filter(ref -> !ref.isSymbolic()).toList());
  }

  private List<Ref> refs(String prefix) {
    try {
      return view.repository().getRefDatabase().getRefsByPrefix(prefix).stream()
          .filter(ref -> ref.getObjectId() != null)
          .sorted(Comparator.comparing(Ref::getName))
          .toList();
    } catch (IOException e) {
      throw GitFailure.of(e, prefix);
    }
  }

  private List<Branch> named(List<Ref> refs) {
    var settings = view.settings();
    var head = head();
    return refs.stream().map(ref -> branch(ref, settings, head)).toList();
  }

  private Branch branch(Ref ref, Settings settings, String head) {
    var full = ref.getName();
    boolean local = full.startsWith(Constants.R_HEADS);
    var name = full.substring((local ? Constants.R_HEADS : Constants.R_REMOTES).length());
    return new Branch(
        name,
        full,
        ref.getObjectId().name(),
        full.equals(head),
        local ? RemoteSettings.upstream(settings, name) : "");
  }

  private String head() {
    try {
      var head = view.repository().exactRef(Constants.HEAD);
      return head != null && head.isSymbolic() ? head.getLeaf().getName() : "";
    } catch (IOException e) {
      throw GitFailure.of(e, Constants.HEAD);
    }
  }

  @Override
  public Optional<Branch> find(String name) {
    var candidates =
        name.startsWith(Constants.R_HEADS) || name.startsWith(Constants.R_REMOTES)
            ? Stream.of(name)
            : Stream.of(Constants.R_HEADS + name, Constants.R_REMOTES + name);
    return candidates
        .filter(Repository::isValidRefName)
        .flatMap(full -> exact(full).stream())
        .findFirst();
  }

  private Optional<Branch> exact(String full) {
    try {
      var ref = view.repository().exactRef(full);
      return ref == null || ref.getObjectId() == null
          ? Optional.empty()
          : Optional.of(branch(ref, view.settings(), head()));
    } catch (IOException e) {
      throw GitFailure.of(e, full);
    }
  }

  @Override
  public List<Branch> containing(String revision) {
    return named(containing(view, revision, refs(Constants.R_HEADS)));
  }

  /** Those of refs from whose commits a commit can be reached, in their order. */
  static List<Ref> containing(View view, String revision, List<Ref> refs) {
    try (var walk = new RevWalk(view.repository())) {
      walk.setRetainBody(false);
      var needle = walk.parseCommit(view.revisions().id(revision));
      var found = new HashSet<String>();
      walk.getMergedInto(needle, refs).forEach(ref -> found.add(ref.getName()));
      return refs.stream().filter(ref -> found.contains(ref.getName())).toList();
    } catch (IOException e) {
      throw GitFailure.of(e, revision);
    }
  }

  @Override
  public List<Branch> mergedInto(String revision) {
    var refs = refs(Constants.R_HEADS);
    try (var walk = new RevWalk(view.repository())) {
      walk.setRetainBody(false);
      var wanted = new HashSet<ObjectId>();
      refs.forEach(ref -> wanted.add(ref.getObjectId()));
      var reached = new HashSet<ObjectId>();
      walk.markStart(walk.parseCommit(view.revisions().id(revision)));
      for (var commit = walk.next();
          commit != null && reached.size() < wanted.size();
          commit = walk.next()) {
        if (wanted.contains(commit)) {
          reached.add(commit.copy());
        }
      }
      var merged = new ArrayList<Ref>(refs);
      merged.removeIf(ref -> !reached.contains(ref.getObjectId()));
      return named(merged);
    } catch (IOException e) {
      throw GitFailure.of(e, revision);
    }
  }
}
