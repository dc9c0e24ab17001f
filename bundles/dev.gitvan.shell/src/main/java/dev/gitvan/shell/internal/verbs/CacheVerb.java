package dev.gitvan.shell.internal.verbs;

import dev.gitvan.cache.CacheCheck;
import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.CacheStats;
import dev.gitvan.command.Console.Style;
import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.repository.RepositoryId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gitvan cache}: what is kept, where, and of what use it was. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "cache", description = "Show, clear and verify the caches")
@Command(
    name = "cache",
    description = {
      "Show, clear and verify the caches.",
      "Counters cover this process and earlier ones of the last seven days. The cache on disk"
          + " serves all your repositories, the one in Git only this repository."
    })
public final class CacheVerb extends VerbSupport {
  /** Tiers from the nearest on, then what had to be loaded. */
  private static final Comparator<CacheStats> ORDER =
      Comparator.comparing(CacheStats::cache)
          .thenComparing(stats -> stats.level() == 0 ? Integer.MAX_VALUE : stats.level())
          .thenComparing(CacheStats::tier);

  private final CacheRegistry caches;

  @Activate
  public CacheVerb(@Reference CacheRegistry caches) {
    this.caches = caches;
  }

  @Command(
      name = "show",
      description =
          "Show entries, bytes, hits, misses, hit ratio and mean load time per cache and tier.")
  int show(
      @Parameters(arity = "0..1", paramLabel = "NAME", description = "one cache") String name) {
    var all = caches.history(repository());
    if (name != null) {
      requireKnown(name, all);
    }
    var shown =
        all.stream()
            .filter(stats -> name == null || stats.cache().equals(name))
            .sorted(ORDER)
            .toList();
    if (console().json()) {
      console()
          .json(
              "gitvan.cache.v1", Map.of("caches", shown.stream().map(CacheFigures::map).toList()));
    } else if (shown.isEmpty()) {
      console().progress("nothing has been cached yet");
    } else {
      console().table(CacheFigures.HEADER, shown.stream().map(CacheFigures::row).toList());
    }
    return ExitStatus.OK;
  }

  @Command(
      name = "clear",
      description = {
        "Clear one cache, or all caches, in every tier.",
        "On disk this affects all your repositories, in Git only this one."
      })
  int clear(
      @Parameters(arity = "0..1", paramLabel = "NAME", description = "one cache") String name) {
    var repository = repository();
    var known = names(caches.history(repository));
    if (name != null) {
      requireKnown(name, caches.history(repository));
    }
    caches.clear(name, repository);
    var cleared = name == null ? known : List.of(name);
    if (console().json()) {
      console().json("gitvan.cache.cleared.v1", Map.of("cleared", cleared));
    } else if (cleared.isEmpty()) {
      console().progress("nothing to clear");
    } else {
      cleared.forEach(cache -> console().out().println("cleared " + cache));
    }
    return ExitStatus.OK;
  }

  @Command(
      name = "verify",
      description = {
        "Read every entry on disk and in Git, and delete damaged ones.",
        "Exits with status 1 if there were any."
      })
  int verify() {
    var checks = caches.verify(repository());
    var done = checks.stream().filter(check -> check.problem() == null).toList();
    long corrupt = done.stream().mapToLong(CacheCheck::corrupt).sum();
    if (console().json()) {
      console()
          .json(
              "gitvan.cache.verified.v1",
              Map.of("corrupt", corrupt, "caches", done.stream().map(CacheFigures::map).toList()));
    } else {
      print(done, corrupt, done.size() == checks.size());
    }
    int status = corrupt > 0 ? ExitStatus.FAILED : ExitStatus.OK;
    for (var check : checks) {
      if (check.problem() != null) {
        console().problem(check.problem(), null);
        status = status == ExitStatus.OK ? check.problem().exitStatus() : status;
      }
    }
    return status;
  }

  /** Where a tier could not be read, nobody knows that nothing is damaged. */
  private void print(List<CacheCheck> checks, long corrupt, boolean complete) {
    var rows = new ArrayList<List<String>>();
    for (var check : checks) {
      rows.add(
          List.of(
              check.cache(),
              CacheFigures.tier(check.level(), check.tier()),
              String.valueOf(check.entries()),
              CacheFigures.bytes(check.bytes()),
              check.corrupt() == 0
                  ? "0"
                  : console().styled(Style.BAD, String.valueOf(check.corrupt()))));
    }
    if (!rows.isEmpty()) {
      console().table(List.of("cache", "tier", "entries", "bytes", "damaged"), rows);
    }
    if (corrupt > 0) {
      console()
          .progress(
              corrupt
                  + (corrupt == 1 ? " damaged entry was" : " damaged entries were")
                  + " dropped");
    } else if (complete) {
      console().progress("no damaged entries");
    }
  }

  /** Outside of a repository there are only the caches that belong to nobody or lie on disk. */
  private RepositoryId repository() {
    try {
      return invocation().worktree().repository();
    } catch (GitVanException e) {
      if (e.code().equals(Codes.REPO_NOT_FOUND)
          && e.problem().place().equals(invocation().workingDirectory().toString())) {
        return null;
      }
      throw e;
    }
  }

  private static void requireKnown(String name, List<CacheStats> all) {
    var names = names(all);
    if (!names.contains(name)) {
      throw GitVanException.of(
          Codes.CACHE_NOT_FOUND,
          name,
          "there is no such cache",
          Nearest.sentence(
              name,
              names,
              names.isEmpty()
                  ? "Nothing has been cached yet."
                  : "Use one of " + String.join(", ", names) + "."));
    }
  }

  private static List<String> names(List<CacheStats> all) {
    return all.stream().map(CacheStats::cache).distinct().sorted().toList();
  }
}
