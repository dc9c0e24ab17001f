package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.RunTags;
import dev.gitvan.git.jgit.internal.command.Arguments;
import dev.gitvan.git.jgit.internal.read.JGitTags;
import dev.gitvan.job.spi.Staging.RefSpec;
import dev.gitvan.job.spi.Staging.TagSpec;
import org.eclipse.jgit.lib.Constants;

/** Tags of a run: all staged. */
final class StagedTags extends JGitTags implements RunTags {
  private final RunScope scope;

  StagedTags(RunScope scope) {
    super(scope.view());
    this.scope = scope;
  }

  @Override
  public String create(String name, String message, String revision) {
    var ref = Arguments.tag(name);
    var target = target(revision);
    if (scope.dryRun()) {
      if (find(name).isPresent()) {
        throw GitVanException.of(
            Codes.REF_EXISTS, name, "the tag already exists", "Choose another name.");
      }
      scope.planned("tag", ref, message);
      return "";
    }
    var plain = ref.substring(Constants.R_TAGS.length());
    return scope.staging().tag(new TagSpec(plain, message, target));
  }

  @Override
  public void createLightweight(String name, String revision) {
    var ref = Arguments.tag(name);
    var target = target(revision);
    scope.staging().move(new RefSpec(ref, "", target, "tag: " + name));
    scope.planned("tag", ref, target);
  }

  private String target(String revision) {
    return revision == null ? scope.head("a tag") : scope.id(revision);
  }

  @Override
  public void delete(String name) {
    var ref = Arguments.tag(name);
    var tag =
        find(ref)
            .orElseThrow(
                () ->
                    GitVanException.of(
                        Codes.OBJECT_NOT_FOUND,
                        name,
                        "there is no such tag",
                        "`git tag` shows what there is."));
    scope.staging().move(new RefSpec(ref, tag.objectId(), "", ""));
    scope.planned("ref", ref, "deleted; it was at " + tag.objectId());
  }
}
