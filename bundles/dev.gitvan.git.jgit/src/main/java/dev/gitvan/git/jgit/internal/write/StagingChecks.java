package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.command.Arguments;
import dev.gitvan.git.jgit.internal.settings.Identity;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.job.spi.Staging.Base;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * What must hold for something to be staged. The same checks answer before a run's first step and
 * when a step stages something.
 */
final class StagingChecks {
  private final Opened opened;
  private final Settings settings;
  private final Signer signer;

  /**
   * @param signer null: nothing is signed, as in a dry run
   */
  StagingChecks(Opened opened, Settings settings, Signer signer) {
    this.opened = opened;
    this.settings = settings;
    this.signer = signer;
  }

  /**
   * @throws GitVanException {@code REPO_BARE}, {@code REPO_UNSUPPORTED}, {@code REPO_IN_PROGRESS},
   *     {@code HEAD_DETACHED}
   */
  void requireCommittable(Base base) {
    var worktree = opened.worktree();
    if (worktree.isBare()) {
      throw GitVanException.of(
          Codes.REPO_BARE,
          worktree.toString(),
          "a commit needs files, but a bare repository has none",
          "Run the job in a worktree: `git worktree add DIR`.");
    }
    opened.requireOwnIndex();
    CommittedIndex.requireNormal(worktree);
    if (base.branch().isEmpty()) {
      throw GitVanException.of(
          Codes.HEAD_DETACHED,
          worktree.toString(),
          "a commit needs a branch, but HEAD is detached",
          "Check out a branch: `git switch NAME`.");
    }
  }

  /**
   * @throws GitVanException {@code REPO_EMPTY}
   */
  ObjectId requireHead(Optional<String> head, String what) {
    return head.map(ObjectId::fromString)
        .orElseThrow(
            () ->
                GitVanException.of(
                    Codes.REPO_EMPTY,
                    opened.worktree().toString(),
                    what + " needs a parent, but the repository has no commit yet",
                    "Make the first commit with git."));
  }

  /**
   * Checks that commits can be made by somebody, and signed where that is asked for.
   *
   * @throws GitVanException {@code IDENTITY_MISSING}, {@code SIGNING_FAILED}
   */
  void requireCommitter() {
    var identity = new Identity(settings, Instant.now());
    identity.author();
    var committer = identity.committer();
    if (signer != null) {
      signer.commitSetting().ifPresent(setting -> signer.require(committer, setting));
    }
  }

  /**
   * The same for tags.
   *
   * @throws GitVanException {@code IDENTITY_MISSING}, {@code SIGNING_FAILED}
   */
  void requireTagger() {
    var tagger = new Identity(settings, Instant.now()).committer();
    if (signer != null) {
      signer.tagSetting().ifPresent(setting -> signer.require(tagger, setting));
    }
  }

  /**
   * The ref of a tag's name.
   *
   * @throws GitVanException {@code REF_INVALID}, {@code ARG_LOOKS_LIKE_OPTION}
   */
  static String tagRef(String name) {
    var ref = Constants.R_TAGS + name;
    if (name.startsWith("-")) {
      throw Arguments.looksLikeOption(name);
    }
    if (name.equals(Constants.HEAD) || !Repository.isValidRefName(ref)) {
      throw invalid(name, "not a valid tag name");
    }
    return ref;
  }

  /**
   * @throws GitVanException {@code REF_INVALID}
   */
  static void requireNotesRef(String ref) {
    if (!ref.startsWith(Constants.R_NOTES) || !Repository.isValidRefName(ref)) {
      throw invalid(ref, "not a valid ref below " + Constants.R_NOTES);
    }
    if (ref.equals(ReceiptNotes.REF) || StagedRefs.isBeside(ref, ReceiptNotes.REF)) {
      throw invalid(ref, "the name is reserved for GitVan's receipts");
    }
  }

  private static GitVanException invalid(String name, String why) {
    return GitVanException.of(
        Codes.REF_INVALID, name, why, "See `git help check-ref-format` for the rules.");
  }
}
