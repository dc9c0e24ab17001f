package dev.gitvan.git.jgit.internal.command;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Git's messages mean, in the locale C. The first that fits wins. */
final class GitFailures {
  private static final int SHOWN = 300;

  private record Rule(Pattern pattern, ErrorCode code, String remedy) {}

  private static final List<Rule> RULES =
      List.of(
          rule(
              "No space left on device|Disk quota exceeded",
              Codes.DISK_FULL,
              "Free some space and run the command again."),
          rule(
              "transport '[^']*' not allowed|protocol '[^']*' is not supported"
                  + "|strange (hostname|pathname|port) '[^']*' blocked"
                  + "|unable to find remote helper for|remote helper '[^']*' aborted",
              Codes.URL_SCHEME_DENIED,
              "Use `https`, `ssh` or a path."),
          rule(
              "\\.lock': File exists|could not lock config file .*: File exists"
                  + "|Another git process seems to be running",
              Codes.REPO_LOCKED,
              "Wait for the other process; if there is none, remove the lock file."),
          rule(
              "(clean|smudge) filter '[^']*' failed|external filter '[^']*' failed",
              Codes.FILTER_UNSUPPORTED,
              "Define the filter in your own Git configuration; filters of the repository do not run."),
          rule(
              "Please tell me who you are|empty ident name|no email was given"
                  + "|no name was given|auto-detection is disabled",
              Codes.IDENTITY_MISSING,
              "`git config --global user.name` and `user.email`."),
          rule(
              "gpg failed to sign|failed to sign|cannot run gpg|error: gpg",
              Codes.SIGNING_FAILED,
              "Check your key, and `gpg.program` in your own configuration."),
          rule(
              "Authentication failed|could not read (Username|Password)|terminal prompts disabled"
                  + "|Permission denied \\(|Host key verification failed|returned error: 40[13]"
                  + "|Too many authentication failures|invalid credentials",
              Codes.REMOTE_AUTH,
              "Configure a credential helper or an SSH key without a prompt; GitVan does not prompt."),
          rule(
              "couldn't find remote ref|could not find remote branch|Remote branch .* not found"
                  + "|remote ref does not exist|src refspec \\S+ does not match any",
              Codes.REMOTE_REF_NOT_FOUND,
              "See `git ls-remote`."),
          rule(
              "\\[remote rejected\\]",
              Codes.REMOTE_REJECTED,
              "Check the remote's rules, and push again."),
          rule(
              "\\[rejected\\]|failed to push some refs|atomic push failed",
              Codes.REMOTE_REJECTED,
              "Fetch, merge or rebase, and push again."),
          rule(
              "No such remote|does not appear to be a git repository|repository '[^']*' not found"
                  + "|returned error: 404|repository '[^']*' does not exist",
              Codes.REMOTE_NOT_FOUND,
              "See `git remote -v`."),
          rule(
              "Could not resolve host|unable to access|Connection (refused|timed out|reset|closed)"
                  + "|Network is unreachable|No route to host|Operation timed out"
                  + "|Could not read from remote repository|the remote end hung up"
                  + "|unable to connect|early EOF|kex_exchange_identification",
              Codes.REMOTE_UNREACHABLE,
              "Check the network and the URL, and try again."),
          rule(
              "would be overwritten|contains modified or untracked files"
                  + "|You have unstaged changes|index contains uncommitted changes"
                  + "|Please, commit your changes or stash|Please commit your changes or stash"
                  + "|local changes|is dirty|unstaged changes|does not match index"
                  + "|already exists, no checkout|could not restore untracked files"
                  + "|not uptodate|Entry '[^']*' would be",
              Codes.REPO_DIRTY,
              "Commit or stash the changes, or use other paths."),
          rule(
              "You have not concluded your|is already in progress|middle of (a|an)"
                  + "|unmerged files|needs merge|rebase-merge directory|rebase-apply directory"
                  + "|index is unmerged|Resolve all conflicts",
              Codes.REPO_IN_PROGRESS,
              "Finish or abort the operation in progress."),
          rule(
              "Not possible to fast-forward|fast-forwards? only|refusing to merge unrelated"
                  + "|Diverging branches",
              Codes.MERGE_REFUSED,
              "Merge or rebase, or allow the kind of merge that was refused."),
          rule("is at [0-9a-f]{7,} but expected [0-9a-f]{7,}", Codes.REPO_MOVED, "Run it again."),
          rule(
              "already exists|already checked out|is already used by worktree"
                  + "|reference already exists",
              Codes.REF_EXISTS,
              "Choose another name, or remove the existing one."),
          rule(
              "not a valid (branch|tag|ref)|is not a valid ref|invalid ref format"
                  + "|bad config variable|invalid refspec|cannot lock ref",
              Codes.REF_INVALID,
              "Choose a name that `git check-ref-format` accepts."),
          rule("is ambiguous", Codes.OBJECT_AMBIGUOUS, "Use more digits of the id."),
          rule(
              "unknown revision|bad revision|bad object|not a valid object|not something we can"
                  + "|invalid reference|Needed a single revision|did not match any file"
                  + "|no such (branch|ref|commit)|not a commit|No such ref|not a stash-like"
                  + "|is not a stash reference|No stash entries|is not a valid reference"
                  + "|is not a working tree|invalid upstream|promisor",
              Codes.OBJECT_NOT_FOUND,
              "See `git log` and `git branch -a`."),
          rule(
              "Permission denied|Operation not permitted|Read-only file system",
              Codes.ACCESS_DENIED,
              "Check the owner and mode of the path."));

  private GitFailures() {}

  private static Rule rule(String pattern, ErrorCode code, String remedy) {
    return new Rule(Pattern.compile(pattern), code, remedy);
  }

  /**
   * The problem that a failed call reports.
   *
   * @param command for people
   */
  static Problem of(String command, GitOutput output) {
    var text = Urls.shown(output.err() + "\n" + output.text());
    for (var rule : RULES) {
      if (rule.pattern().matcher(text).find()) {
        return new Problem(rule.code(), command, said(text, rule.pattern()), rule.remedy());
      }
    }
    return new Problem(
        Codes.GIT_FAILED,
        command,
        "it ended with status " + output.status() + said(text, null),
        "Run it manually for more details.");
  }

  /** The line that matched, else the first that Git marked as an error, without the mark. */
  private static String said(String text, Pattern pattern) {
    var line =
        text.lines()
            .filter(l -> pattern != null && pattern.matcher(l).find())
            .findFirst()
            .or(() -> marked(text))
            .or(() -> text.lines().filter(l -> !l.isBlank()).findFirst())
            .map(String::strip)
            // "!" and tabs mark refs in the machine-readable output of a push.
            .map(l -> l.replaceFirst("^!\\s+", "").replace('\t', ' '))
            .map(l -> l.replaceFirst("^(fatal|error|remote|hint): ", "").replaceFirst("\\.$", ""))
            .map(l -> l.length() > SHOWN ? l.substring(0, SHOWN) : l);
    if (pattern == null) {
      return line.map(l -> ": " + l).orElse("");
    }
    return line.orElse("");
  }

  private static Optional<String> marked(String text) {
    return text.lines().filter(l -> l.startsWith("fatal: ") || l.startsWith("error: ")).findFirst();
  }
}
