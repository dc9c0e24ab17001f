package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Tags;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.text.ObjectText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/** Tags read with JGit. */
public class JGitTags implements Tags {
  private final View view;

  public JGitTags(View view) {
    this.view = view;
  }

  @Override
  public List<Tag> all() {
    return read(refs());
  }

  private List<Ref> refs() {
    try {
      return view.repository().getRefDatabase().getRefsByPrefix(Constants.R_TAGS).stream()
          .filter(ref -> ref.getObjectId() != null)
          .sorted(Comparator.comparing(Ref::getName))
          .toList();
    } catch (IOException e) {
      throw GitFailure.of(e, Constants.R_TAGS);
    }
  }

  @Override
  public Optional<Tag> find(String name) {
    var full = name.startsWith(Constants.R_TAGS) ? name : Constants.R_TAGS + name;
    if (!Repository.isValidRefName(full)) {
      return Optional.empty();
    }
    try {
      var ref = view.repository().exactRef(full);
      return ref == null || ref.getObjectId() == null
          ? Optional.empty()
          : read(List.of(ref)).stream().findFirst();
    } catch (IOException e) {
      throw GitFailure.of(e, full);
    }
  }

  @Override
  public List<Tag> pointingAt(String revision) {
    var id = view.revisions().id(revision).name();
    return all().stream()
        .filter(tag -> tag.target().equals(id) || tag.objectId().equals(id))
        .toList();
  }

  @Override
  public List<Tag> containing(String revision) {
    var commits = new ArrayList<Ref>();
    try (var walk = new RevWalk(view.repository())) {
      for (var ref : refs()) {
        if (walk.peel(walk.parseAny(ref.getObjectId())) instanceof RevCommit) {
          commits.add(ref);
        }
      }
    } catch (IOException e) {
      throw GitFailure.of(e, revision);
    }
    return read(JGitBranches.containing(view, revision, commits));
  }

  private List<Tag> read(List<Ref> refs) {
    try (var walk = new RevWalk(view.repository())) {
      var tags = new ArrayList<Tag>();
      for (var ref : refs) {
        tags.add(read(ref, walk));
      }
      return tags;
    } catch (IOException e) {
      throw GitFailure.of(e, Constants.R_TAGS);
    }
  }

  private static Tag read(Ref ref, RevWalk walk) throws IOException {
    var name = ref.getName().substring(Constants.R_TAGS.length());
    var id = ref.getObjectId().name();
    try {
      var object = walk.parseAny(ref.getObjectId());
      var target = walk.peel(object).name();
      return new Tag(name, ref.getName(), id, target, annotation(object, walk));
    } catch (MissingObjectException e) {
      // In a partial clone what it names may be missing; the ref is there.
      return new Tag(name, ref.getName(), id, id, null);
    }
  }

  private static Annotation annotation(Object object, RevWalk walk) throws IOException {
    if (!(object instanceof RevTag tag)) {
      return null;
    }
    walk.parseBody(tag);
    var text = ObjectText.of(tag);
    var tagger = text.tagger();
    return new Annotation(tagger.name(), tagger.email(), tagger.date(), text.message());
  }
}
