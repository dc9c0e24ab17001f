package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Stashes;
import java.util.List;
import org.eclipse.jgit.lib.Constants;

/** The stash, which is the log of its ref. */
public class StashList implements Stashes {
  private final View view;

  public StashList(View view) {
    this.view = view;
  }

  @Override
  public List<Stash> list() {
    var refs = new JGitRefs(view);
    if (refs.find(Constants.R_STASH).isEmpty()) {
      return List.of();
    }
    return refs.reflog(Constants.R_STASH, Integer.MAX_VALUE).stream()
        .map(entry -> new Stash(entry.newId(), entry.message()))
        .toList();
  }
}
