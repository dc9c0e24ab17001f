package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.CacheCheck;
import dev.gitvan.cache.CacheStats;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.KeptCache;
import dev.gitvan.cache.spi.PersistentTier;
import dev.gitvan.cache.spi.TierBusyException;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.kernel.internal.Contribution;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The content of persistent tiers, from all processes. */
final class KeptCaches {
  private final Supplier<List<Contribution<CacheTier, TierLevel>>> tiers;
  private final Function<Contribution<CacheTier, TierLevel>, TierCalls> calls;

  /**
   * @param calls how a tier is called that does not guarantee that it ends
   */
  KeptCaches(
      Supplier<List<Contribution<CacheTier, TierLevel>>> tiers,
      Function<Contribution<CacheTier, TierLevel>, TierCalls> calls) {
    this.tiers = tiers;
    this.calls = calls;
  }

  private interface Call<R> {
    R on(PersistentTier tier) throws IOException;
  }

  /**
   * Completes counters with what is held: the lower tiers tell all that they keep, memory keeps
   * nothing of other processes.
   *
   * @param live figures of this process
   * @param counted counters of this and of earlier processes
   */
  List<CacheStats> complete(
      List<CacheStats> live, List<CacheStats> counted, RepositoryId repository) {
    var rows = new TreeMap<String, CacheStats>();
    for (var stats : counted) {
      rows.put(
          StatsSums.key(stats),
          StatsSums.holding(stats, outsideOf(stats.level()), outsideOf(stats.level())));
    }
    for (var stats : live) {
      rows.compute(
          StatsSums.key(stats),
          (key, row) ->
              StatsSums.holding(row == null ? stats : row, stats.entries(), stats.bytes()));
    }
    for (var tier : best()) {
      int level = tier.description().level();
      if (level < TierLevel.LOWEST || repository != null) {
        var answer = call(tier, service -> service.kept(repository));
        if (answer.failure() == null && answer.value() != null) {
          hold(rows, tier.description(), answer.value());
        }
      }
    }
    return List.copyOf(rows.values());
  }

  /** Entries of a tier that has none open here: memory has none, of the others nothing is known. */
  private static long outsideOf(int level) {
    return level == TierLevel.MEMORY ? 0 : -1;
  }

  private static void hold(Map<String, CacheStats> rows, TierLevel tier, List<KeptCache> kept) {
    rows.replaceAll(
        (key, row) ->
            row.level() == tier.level() && row.tier().equals(tier.tier())
                ? StatsSums.holding(row, 0, 0)
                : row);
    for (var cache : kept) {
      var none = CacheStats.builder(cache.cache(), tier.tier(), tier.level()).build();
      rows.compute(
          StatsSums.key(none),
          (key, row) ->
              StatsSums.holding(row == null ? none : row, cache.entries(), cache.bytes()));
    }
  }

  /** Empties a cache, or all; returns why a tier could not be emptied. */
  Optional<Problem> clear(String name, RepositoryId repository) {
    Problem first = null;
    for (var tier : best()) {
      var answer =
          call(
              tier,
              service -> {
                service.clear(name, repository);
                return true;
              });
      if (answer.failure() != null && first == null) {
        first = problem(tier.description().tier(), answer.failure());
      }
    }
    return Optional.ofNullable(first);
  }

  List<CacheCheck> verify(RepositoryId repository) {
    var checks = new ArrayList<CacheCheck>();
    for (var tier : best()) {
      var name = tier.description().tier();
      int level = tier.description().level();
      var answer = call(tier, service -> service.verify(repository));
      if (answer.failure() != null) {
        checks.add(
            CacheCheck.builder(name, level).problem(problem(name, answer.failure())).build());
      } else if (answer.value() != null) {
        for (var kept : answer.value()) {
          checks.add(
              CacheCheck.builder(name, level)
                  .cache(kept.cache())
                  .entries(kept.entries())
                  .bytes(kept.bytes())
                  .corrupt(kept.corrupt())
                  .build());
        }
      }
    }
    return checks;
  }

  /** The tier in use at each level below memory. */
  private List<Contribution<CacheTier, TierLevel>> best() {
    var best = new TreeMap<Integer, Contribution<CacheTier, TierLevel>>();
    for (var tier : tiers.get()) {
      if (tier.description().level() > TierLevel.MEMORY) {
        best.putIfAbsent(tier.description().level(), tier);
      }
    }
    return List.copyOf(best.values());
  }

  /** Null for a tier that does not outlive the process. */
  private <R> Answer<R> call(Contribution<CacheTier, TierLevel> tier, Call<R> call) {
    return tier.plugin()
        .call(service -> service instanceof PersistentTier kept ? call(tier, kept, call) : null);
  }

  private <R> R call(Contribution<CacheTier, TierLevel> tier, PersistentTier service, Call<R> call)
      throws IOException {
    return tier.description().ends()
        ? call.on(service)
        : calls.apply(tier).callAtLength(() -> call.on(service));
  }

  private static Problem problem(String tier, Throwable failure) {
    if (failure instanceof TierBusyException) {
      return new Problem(
          Codes.LOCK_HELD,
          "cache " + tier,
          "in use by another GitVan process",
          "Run the command again when that process has ended.");
    }
    if (failure instanceof IOException known) {
      return FileProblem.of(known, Path.of("cache " + tier));
    }
    return new Problem(
        Codes.INTERNAL, "cache " + tier, String.valueOf(failure), "Run gitvan diag.");
  }
}
