package dev.gitvan.git.jgit.internal.write;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TagBuilder;

/** Makes commit and tag objects, signed where Git's configuration asks for it. Always UTF-8. */
final class CommitFactory {
  private final ObjectInserter inserter;
  private final Signer signer;

  /**
   * @param signer null: nothing is signed, as in a dry run
   */
  CommitFactory(ObjectInserter inserter, Signer signer) {
    this.inserter = inserter;
    this.signer = signer;
  }

  /** A commit that a run makes. */
  ObjectId commit(
      ObjectId tree, ObjectId parent, PersonIdent author, PersonIdent committer, String message)
      throws IOException {
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentId(parent);
    commit.setAuthor(author);
    commit.setCommitter(committer);
    commit.setMessage(message);
    var setting = signer == null ? Optional.<String>empty() : signer.commitSetting();
    if (setting.isPresent()) {
      commit.setGpgSignature(
          new GpgSignature(signer.sign(commit.build(), committer, setting.get())));
    }
    return inserter.insert(commit);
  }

  /**
   * An annotated tag.
   *
   * @param type the target's
   */
  ObjectId tag(String name, ObjectId target, int type, PersonIdent tagger, String message)
      throws IOException {
    var tag = new TagBuilder();
    tag.setObjectId(target, type);
    tag.setTag(name);
    tag.setTagger(tagger);
    tag.setMessage(message);
    var setting = signer == null ? Optional.<String>empty() : signer.tagSetting();
    if (setting.isPresent()) {
      tag.setGpgSignature(new GpgSignature(signer.sign(tag.build(), tagger, setting.get())));
    }
    return inserter.insert(tag);
  }
}
