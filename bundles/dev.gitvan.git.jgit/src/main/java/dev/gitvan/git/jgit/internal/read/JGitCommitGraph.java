package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.CommitDetails;
import dev.gitvan.git.CommitGraph;
import dev.gitvan.git.DividedHistory;
import dev.gitvan.git.HistoryQuery;
import dev.gitvan.git.jgit.internal.command.GitCall;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.text.ObjectText;
import dev.gitvan.git.jgit.internal.text.Trailers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevFlag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** Commits read with JGit; authors counted by {@code git shortlog}, which knows mailmaps. */
public final class JGitCommitGraph implements CommitGraph {
  private static final Pattern CONTRIBUTOR = Pattern.compile("\\s*(\\d+)\t(.*?) ?<(.*)>");

  private final View view;

  public JGitCommitGraph(View view) {
    this.view = view;
  }

  @Override
  public CommitDetails find(String revision) {
    try (var walk = new RevWalk(view.repository())) {
      var commit = walk.parseCommit(view.revisions().id(revision));
      var text = ObjectText.of(commit);
      var committer = text.committer();
      return CommitDetails.builder(Commits.of(commit), commit.getTree().name())
          .committer(committer.name(), committer.email(), committer.date())
          .trailers(Trailers.of(text.message()))
          .signed(commit.getRawGpgSignature() != null)
          .build();
    } catch (IOException e) {
      throw GitFailure.of(e, revision);
    }
  }

  @Override
  public boolean isAncestor(String ancestor, String descendant) {
    try (var walk = new RevWalk(view.repository())) {
      return walk.isMergedInto(parse(walk, ancestor), parse(walk, descendant));
    } catch (IOException e) {
      throw GitFailure.of(e, ancestor);
    }
  }

  @Override
  public List<String> mergeBases(String one, String other) {
    try (var walk = new RevWalk(view.repository())) {
      walk.setRetainBody(false);
      var commits = List.of(parse(walk, one), parse(walk, other));
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(commits);
      var bases = new ArrayList<String>();
      for (RevCommit base; (base = walk.next()) != null; ) {
        bases.add(base.name());
      }
      return bases;
    } catch (IOException e) {
      throw GitFailure.of(e, one);
    }
  }

  private RevCommit parse(RevWalk walk, String revision) throws IOException {
    return walk.parseCommit(view.revisions().id(revision));
  }

  @Override
  public long count(HistoryQuery query) {
    try (var history = CommitHistory.of(view, query)) {
      long count = 0;
      for (; history.hasNext(); history.nextId()) {
        count++;
      }
      return count;
    }
  }

  @Override
  public List<String> ids(HistoryQuery query, int limit) {
    try (var history = CommitHistory.of(view, query)) {
      var ids = new ArrayList<String>();
      while (ids.size() < limit && history.hasNext()) {
        ids.add(history.nextId());
      }
      return ids;
    }
  }

  @Override
  public DividedHistory divide(String revision, List<String> ends) {
    try {
      return JGitDividedHistory.of(view, revision, ends);
    } catch (IOException e) {
      throw GitFailure.of(e, revision);
    }
  }

  @Override
  public Divergence divergence(String ours, String theirs) {
    return new Divergence(only(ours, theirs), only(theirs, ours));
  }

  private long only(String of, String without) {
    try (var walk = new RevWalk(view.repository())) {
      walk.setRetainBody(false);
      walk.markStart(parse(walk, of));
      walk.markUninteresting(parse(walk, without));
      var commits = new ArrayList<RevCommit>();
      for (RevCommit commit; (commit = walk.next()) != null; ) {
        commits.add(commit);
      }
      // Only now is it known of each whether it is to be left out.
      return commits.stream().filter(commit -> !commit.has(RevFlag.UNINTERESTING)).count();
    } catch (IOException e) {
      throw GitFailure.of(e, of);
    }
  }

  @Override
  public List<Contributor> contributors(String from, List<String> exclude) {
    var call = GitCall.reading("shortlog", "-s", "-n", "-e").with(view.commit(from).name());
    var without =
        exclude.stream().map(view::commit).map(ObjectId::name).map(id -> "^" + id).toList();
    var contributors = new ArrayList<Contributor>();
    for (var line : view.run(call.with(without)).lines()) {
      var match = CONTRIBUTOR.matcher(line);
      if (match.matches()) {
        contributors.add(
            new Contributor(match.group(2), match.group(3), Long.parseLong(match.group(1))));
      }
    }
    return contributors;
  }

  @Override
  public String abbreviate(String objectId) {
    return new Abbreviation(view).of(ObjectId.fromString(objectId));
  }

  @Override
  public boolean isShallow() {
    try (var reader = view.repository().newObjectReader()) {
      return !reader.getShallowCommits().isEmpty();
    } catch (IOException e) {
      throw GitFailure.of(e, view.worktree().toString());
    }
  }
}
