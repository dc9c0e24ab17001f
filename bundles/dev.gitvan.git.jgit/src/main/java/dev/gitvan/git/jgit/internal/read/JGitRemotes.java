package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Remotes;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;

/** Remotes as the configuration has them. */
public class JGitRemotes implements Remotes {
  private final View view;

  public JGitRemotes(View view) {
    this.view = view;
  }

  @Override
  public List<Remote> list() {
    var settings = view.settings();
    return RemoteSettings.names(settings).stream()
        .map(name -> RemoteSettings.of(settings, name))
        .toList();
  }

  @Override
  public Optional<Remote> find(String name) {
    var settings = view.settings();
    return RemoteSettings.names(settings).contains(name)
        ? Optional.of(RemoteSettings.of(settings, name))
        : Optional.empty();
  }

  @Override
  public Optional<Remote> standard() {
    var names = RemoteSettings.names(view.settings());
    return branch()
        .map(branch -> view.settings().all().getString("branch", branch, "remote"))
        .flatMap(this::find)
        .or(() -> find(Constants.DEFAULT_REMOTE_NAME))
        .or(() -> names.size() == 1 ? find(names.get(0)) : Optional.empty());
  }

  private Optional<String> branch() {
    try {
      var head = view.repository().exactRef(Constants.HEAD);
      return head != null && head.getLeaf().getName().startsWith(Constants.R_HEADS)
          ? Optional.of(head.getLeaf().getName().substring(Constants.R_HEADS.length()))
          : Optional.empty();
    } catch (IOException e) {
      throw GitFailure.of(e, Constants.HEAD);
    }
  }
}
