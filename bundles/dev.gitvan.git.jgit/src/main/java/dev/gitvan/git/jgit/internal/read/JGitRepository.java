package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Branches;
import dev.gitvan.git.CommitGraph;
import dev.gitvan.git.Diff;
import dev.gitvan.git.GitRepository;
import dev.gitvan.git.History;
import dev.gitvan.git.HistoryQuery;
import dev.gitvan.git.Notes;
import dev.gitvan.git.Plumbing;
import dev.gitvan.git.Refs;
import dev.gitvan.git.Remotes;
import dev.gitvan.git.Stashes;
import dev.gitvan.git.Status;
import dev.gitvan.git.Tags;
import dev.gitvan.git.Worktrees;
import dev.gitvan.git.jgit.internal.refs.RefFiles;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.git.jgit.internal.worktree.Ignores;
import dev.gitvan.git.jgit.internal.worktree.IndexFile;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.Recorder;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** A repository read with JGit. Nothing that the repository configures is run. */
public class JGitRepository implements GitRepository {
  private final View view;
  private final Opened opened;
  private final Repository repository;
  private final Revisions revisions;
  private final Recorder objectRead;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param view of what is closed with this
   */
  public JGitRepository(View view, Metrics metrics) {
    this.view = view;
    this.opened = view.opened();
    this.repository = opened.repository();
    this.revisions = new Revisions(repository);
    this.objectRead = metrics.recorder(Operation.GIT_OBJECT_READ);
  }

  @Override
  public WorktreeId worktree() {
    return opened.worktree();
  }

  @Override
  public Optional<String> head() {
    return headId().map(ObjectId::name);
  }

  private Optional<ObjectId> headId() {
    try {
      var head = repository.exactRef(Constants.HEAD);
      return Optional.ofNullable(head == null ? null : head.getObjectId());
    } catch (IOException e) {
      throw GitFailure.of(e, Constants.HEAD);
    }
  }

  @Override
  public Optional<String> branch() {
    try {
      var head = repository.exactRef(Constants.HEAD);
      return head == null || !head.isSymbolic()
          ? Optional.empty()
          : Optional.of(head.getLeaf().getName());
    } catch (IOException e) {
      throw GitFailure.of(e, Constants.HEAD);
    }
  }

  @Override
  public Optional<String> nearestTag() {
    var head = headId();
    try {
      return head.isEmpty() ? Optional.empty() : NearestTag.of(repository, head.get());
    } catch (IOException e) {
      throw GitFailure.of(e, Constants.HEAD);
    }
  }

  @Override
  public State state() {
    return Progress.of(worktree().gitDir());
  }

  @Override
  public Status status() {
    view.requireWorktree();
    try {
      return new StatusWalk(opened).read(new RefFiles(worktree()).head().id());
    } catch (IOException e) {
      throw GitFailure.of(e, worktree().toString());
    }
  }

  @Override
  public List<ChangedPath> changedPaths(String from, String to) {
    try (var walk = new TreeWalk(repository);
        var revs = new RevWalk(walk.getObjectReader())) {
      if (from == null) {
        walk.addTree(new EmptyTreeIterator());
      } else {
        walk.addTree(revs.parseTree(revisions.id(from)));
      }
      walk.addTree(revs.parseTree(revisions.id(to)));
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      var changed = new ArrayList<ChangedPath>();
      while (walk.next()) {
        var change =
            walk.getRawMode(0) == 0
                ? Change.ADDED
                : walk.getRawMode(1) == 0 ? Change.DELETED : Change.MODIFIED;
        changed.add(new ChangedPath(change, GitText.name(walk.getRawPath())));
      }
      changed.sort(Comparator.comparing(ChangedPath::path));
      return changed;
    } catch (IOException e) {
      throw GitFailure.of(e, to);
    }
  }

  @Override
  public History history(HistoryQuery query) {
    return CommitHistory.of(view, query);
  }

  @Override
  public String resolve(String revision) {
    return revisions.id(revision).name();
  }

  @Override
  public byte[] read(String objectId) {
    return plumbing().content(objectId);
  }

  @Override
  public Optional<String> note(String notesRef, String objectId) {
    return notes().find(notesRef, objectId);
  }

  @Override
  public List<Ref> refs(String prefix) {
    try {
      return repository.getRefDatabase().getRefsByPrefix(prefix).stream()
          .filter(ref -> ref.getObjectId() != null)
          .map(ref -> new Ref(ref.getName(), ref.getObjectId().name()))
          .sorted(Comparator.comparing(Ref::name))
          .toList();
    } catch (IOException e) {
      throw GitFailure.of(e, prefix);
    }
  }

  @Override
  public Set<String> ignored(Set<String> paths) {
    view.requireWorktree();
    var index = IndexFile.read(worktree().index());
    var ignores = new Ignores(worktree(), opened.settings());
    var ignored = new TreeSet<String>();
    for (var path : paths) {
      var plain = path.replaceFirst("/+$", "");
      boolean directory =
          plain.length() < path.length()
              || Files.isDirectory(worktree().workTree().resolve(plain), LinkOption.NOFOLLOW_LINKS);
      if (!index.contains(plain) && ignores.isIgnored(plain, directory)) {
        ignored.add(path);
      }
    }
    return ignored;
  }

  @Override
  public CommitGraph commits() {
    return new JGitCommitGraph(view);
  }

  @Override
  public Branches branches() {
    return new JGitBranches(view);
  }

  @Override
  public Tags tags() {
    return new JGitTags(view);
  }

  @Override
  public Refs refs() {
    return new JGitRefs(view);
  }

  @Override
  public Notes notes() {
    return new JGitNotes(view);
  }

  @Override
  public Diff diff() {
    return new GitDiff(view);
  }

  @Override
  public Worktrees worktrees() {
    return new WorktreeList(view);
  }

  @Override
  public Remotes remotes() {
    return new JGitRemotes(view);
  }

  @Override
  public Stashes stashes() {
    return new StashList(view);
  }

  @Override
  public Plumbing plumbing() {
    return new JGitPlumbing(view, objectRead);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      repository.close();
    }
  }
}
