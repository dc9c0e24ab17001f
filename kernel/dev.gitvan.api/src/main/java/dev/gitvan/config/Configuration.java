package dev.gitvan.config;

import dev.gitvan.document.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The merged configuration of a worktree: {@code gitvan.yaml|json}, then {@code gitvan-local.*},
 * over the defaults. Immutable; {@code product.md} names every key.
 *
 * @param jobs inline job definitions by name, unread: job sources know their keys
 * @param hooks hook chains by hook point, unread
 * @param settings every setting with its value and where it came from, in the schema's order
 * @param fingerprint SHA-256, in hexadecimal, of the files that were read; the same while they are
 */
public record Configuration(
    Templates templates,
    Map<String, Node> jobs,
    Map<String, Node> hooks,
    Daemon daemon,
    Queue queue,
    Cache cache,
    Files files,
    Git git,
    List<Setting> settings,
    String fingerprint) {

  /**
   * Templates.
   *
   * @param dir below the worktree
   * @param engine the engine of files whose extension no engine claims
   * @param maxOutput bytes of one rendered output
   * @param maxRange items of one {@code range()}
   * @param env names of environment variables that templates may read
   * @param ownCommits whether {@code git.commits} has the commits that GitVan itself made
   */
  public record Templates(
      String dir,
      String engine,
      boolean cache,
      boolean autoescape,
      boolean strict,
      long maxOutput,
      int maxRange,
      List<String> env,
      boolean ownCommits) {}

  /**
   * The resident runtime.
   *
   * @param heap bytes
   */
  public record Daemon(Duration poll, Duration lookback, int maxPerTick, int workers, long heap) {}

  /**
   * Waiting runs.
   *
   * @param rateLimit runs started per {@code ratePer}
   */
  public record Queue(int capacity, int concurrency, int rateLimit, Duration ratePer) {}

  /**
   * Cache tiers.
   *
   * @param diskSize bytes
   */
  public record Cache(
      int memoryEntries, Duration memoryTtl, long diskSize, Duration diskTtl, boolean git) {}

  /**
   * Files that templates write.
   *
   * @param rate bytes per second, of one repository in one process; 0: as fast as they can
   */
  public record Files(long rate) {}

  /** Git. */
  public record Git(Durability durability) {}

  /** What is synced to disk before a run counts as finished. */
  public enum Durability {
    /** Survives the death of the process. */
    PROCESS,
    /** Survives a power failure: objects and refs are synced. */
    POWER
  }

  /**
   * One setting.
   *
   * @param path dotted, such as {@code queue.rate.limit}
   * @param value as it would be written
   * @param origin {@code default}, or file:line:column
   */
  public record Setting(String path, Object value, String origin) {}
}
