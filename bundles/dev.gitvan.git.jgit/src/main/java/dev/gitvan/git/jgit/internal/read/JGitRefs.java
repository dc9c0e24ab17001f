package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.ReflogEntry;
import dev.gitvan.git.Refs;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** Refs and reflogs read with JGit. */
public class JGitRefs implements Refs {
  private final View view;

  public JGitRefs(View view) {
    this.view = view;
  }

  private Optional<Ref> exact(String name) {
    try {
      return Optional.ofNullable(view.repository().exactRef(name));
    } catch (IOException e) {
      throw GitFailure.of(e, name);
    }
  }

  @Override
  public Optional<String> find(String name) {
    return exact(name).map(Ref::getObjectId).map(id -> id.name());
  }

  @Override
  public Optional<String> symbolic(String name) {
    return exact(name).filter(Ref::isSymbolic).map(ref -> ref.getTarget().getName());
  }

  @Override
  public List<ReflogEntry> reflog(String name, int limit) {
    if (!name.equals(Constants.HEAD) && !Repository.isValidRefName(name)) {
      return List.of();
    }
    try {
      return ReflogFile.read(view.worktree(), name, limit);
    } catch (IOException e) {
      throw GitFailure.of(e, name);
    }
  }
}
