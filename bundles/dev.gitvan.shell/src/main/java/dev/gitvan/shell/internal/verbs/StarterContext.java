package dev.gitvan.shell.internal.verbs;

import dev.gitvan.git.GitRepository;
import dev.gitvan.git.GitRepository.Ref;
import dev.gitvan.git.Tags.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a repository has already that its starter files must agree with.
 *
 * @param changelog an existing changelog in Markdown, relative to the worktree; empty: there is
 *     none
 * @param prefix of the tags that name releases, before the version
 * @param releases number of such tags
 * @param isEmpty whether there is no commit yet
 * @param freeBranch name of a branch to create because HEAD is detached; empty: HEAD is on a branch
 */
record StarterContext(
    Optional<String> changelog,
    String prefix,
    int releases,
    boolean isEmpty,
    Optional<String> freeBranch) {
  /** The changelog of a repository that has none yet. */
  static final String CHANGELOG = "CHANGELOG.md";

  private static final List<String> NAMES = List.of("changelog", "changes", "history");
  private static final Pattern MARKDOWN =
      Pattern.compile("(changelog|changes|history)\\.(md|markdown)", Pattern.CASE_INSENSITIVE);

  /** A path that needs no quotes in YAML, JSON and a shell. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/-]*");

  private static final Pattern RELEASE =
      Pattern.compile("(?<prefix>[A-Za-z0-9@._/-]*?)[0-9]+(?:\\.[0-9]+)+(?:[-+][0-9A-Za-z.+-]+)?");

  static StarterContext of(Path root, GitRepository repository) throws IOException {
    var prefixes =
        repository.tags().all().stream()
            .map(Tag::name)
            .map(RELEASE::matcher)
            .filter(Matcher::matches)
            .collect(
                Collectors.groupingBy(
                    match -> match.group("prefix"), TreeMap::new, Collectors.counting()));
    var most = prefixes.entrySet().stream().max(Map.Entry.comparingByValue());
    boolean isEmpty = repository.head().isEmpty();
    return new StarterContext(
        changelog(root),
        most.map(Map.Entry::getKey).orElse("v"),
        most.map(entry -> entry.getValue().intValue()).orElse(0),
        isEmpty,
        isEmpty || repository.branch().isPresent()
            ? Optional.empty()
            : Optional.of(freeBranch(repository)));
  }

  private static Optional<String> changelog(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files
          .filter(file -> MARKDOWN.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparing(StarterContext::rank).thenComparing(Path::getFileName))
          .flatMap(file -> target(root, file).stream())
          .findFirst();
    }
  }

  private static int rank(Path file) {
    var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return NAMES.indexOf(name.substring(0, name.lastIndexOf('.')));
  }

  /** The file itself, or the one in the worktree that it is a link to. */
  private static Optional<String> target(Path root, Path file) {
    try {
      var real = file.toRealPath();
      var path = root.relativize(real).toString().replace('\\', '/');
      return real.startsWith(root)
              && Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)
              && PLAIN.matcher(path).matches()
          ? Optional.of(path)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String freeBranch(GitRepository repository) {
    var taken = repository.refs("refs/heads/").stream().map(Ref::name).toList();
    return Stream.iterate(1, number -> number + 1)
        .map(number -> number == 1 ? "changelog" : "changelog-" + number)
        .filter(
            name ->
                taken.stream()
                    .noneMatch(
                        ref ->
                            ref.equals("refs/heads/" + name)
                                || ref.startsWith("refs/heads/" + name + "/")))
        .findFirst()
        .orElseThrow();
  }

  /** The content of a starter file, for this repository. */
  String adapt(String content) {
    return content
        .replace(CHANGELOG, changelog.orElse(CHANGELOG))
        .replace("prefix: v", "prefix: \"" + prefix + '"')
        .replace("\"prefix\": \"v\"", "\"prefix\": \"" + prefix + '"');
  }

  /** What to enter next. */
  String next() {
    if (isEmpty) {
      return "git add .gitvan gitvan.* && git commit -m \"chore: add GitVan\""
          + " && gitvan run changelog";
    }
    return freeBranch.map(branch -> "git switch -c " + branch + " && ").orElse("")
        + "gitvan run changelog";
  }
}
