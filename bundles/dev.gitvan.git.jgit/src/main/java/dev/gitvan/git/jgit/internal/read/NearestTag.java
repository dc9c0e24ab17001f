package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.jgit.internal.text.ObjectText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * {@code git describe --tags --abbrev=0}, by Git's own algorithm (git:builtin/describe.c). JGit's
 * {@code DescribeCommand} prefers another tag where a commit has several.
 */
final class NearestTag {
  private static final int MAX_CANDIDATES = 10;

  private final Repository repository;
  private final RevWalk walk;
  private final Map<ObjectId, Name> names = new HashMap<>();
  private final Map<ObjectId, Integer> flags = new HashMap<>();
  private final List<Candidate> candidates = new ArrayList<>();

  /**
   * The name of a tagged commit.
   *
   * @param annotated the tag's date in seconds, or -1 for a lightweight tag
   */
  private record Name(String name, long annotated) {
    boolean yieldsTo(Name other) {
      return other.annotated > annotated;
    }
  }

  private static final class Candidate {
    private final Name name;
    private final int flag;
    private int depth;

    Candidate(Name name, int flag, int depth) {
      this.name = name;
      this.flag = flag;
      this.depth = depth;
    }
  }

  private record Waiting(RevCommit commit, int order) {}

  private NearestTag(Repository repository, RevWalk walk) {
    this.repository = repository;
    this.walk = walk;
  }

  static Optional<String> of(Repository repository, ObjectId head) throws IOException {
    try (var walk = new RevWalk(repository)) {
      walk.setRetainBody(false);
      return new NearestTag(repository, walk).find(walk.parseCommit(head));
    }
  }

  private Optional<String> find(RevCommit head) throws IOException {
    for (var ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
      name(ref);
    }
    if (names.isEmpty()) {
      return Optional.empty();
    }
    var exact = names.get(head);
    if (exact != null) {
      return Optional.of(exact.name());
    }
    search(head);
    // A stable sort: equally deep ones stay in the order in which they were found.
    return candidates.stream()
        .sorted(Comparator.comparingInt(c -> c.depth))
        .map(c -> c.name.name())
        .findFirst();
  }

  private void name(Ref ref) throws IOException {
    try {
      var object = walk.parseAny(ref.getObjectId());
      long date = -1;
      if (object instanceof RevTag tag) {
        walk.parseBody(tag);
        date = ObjectText.of(tag).tagger().date().toEpochSecond();
      }
      if (walk.peel(object) instanceof RevCommit commit) {
        var name = new Name(ref.getName().substring(Constants.R_TAGS.length()), date);
        names.merge(commit.copy(), name, (known, other) -> known.yieldsTo(other) ? other : known);
      }
    } catch (MissingObjectException e) {
      // a tag whose object is not here describes nothing
    }
  }

  private void search(RevCommit head) throws IOException {
    int order = 0;
    int seen = 0;
    var queue =
        new PriorityQueue<Waiting>(
            Comparator.comparingInt((Waiting w) -> -w.commit().getCommitTime())
                .thenComparingInt(Waiting::order));
    queue.add(new Waiting(head, order++));
    flags.put(head, 0);
    while (!queue.isEmpty() && candidates.size() < MAX_CANDIDATES) {
      var commit = queue.poll().commit();
      seen++;
      int flag = flags.get(commit);
      var name = names.get(commit);
      if (name != null) {
        var candidate = new Candidate(name, 1 << candidates.size(), seen - 1);
        candidates.add(candidate);
        flag |= candidate.flag;
        flags.put(commit, flag);
      }
      for (var candidate : candidates) {
        if ((flag & candidate.flag) == 0) {
          candidate.depth++;
        }
      }
      if (queue.isEmpty() && isCovered(flag)) {
        return;
      }
      for (var parent : commit.getParents()) {
        walk.parseHeaders(parent);
        boolean first = !flags.containsKey(parent);
        flags.merge(parent, flag, (a, b) -> a | b);
        if (first) {
          queue.add(new Waiting(parent, order++));
        }
      }
    }
  }

  /** Whether the last open path is already inside the best candidates. */
  private boolean isCovered(int flag) {
    if (candidates.stream().noneMatch(c -> c.name.annotated() >= 0)) {
      return false;
    }
    int best = candidates.stream().mapToInt(c -> c.depth).min().orElse(0);
    int within =
        candidates.stream()
            .filter(c -> c.depth == best)
            .mapToInt(c -> c.flag)
            .reduce(0, (a, b) -> a | b);
    return (flag & within) == within;
  }
}
