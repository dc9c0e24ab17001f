package dev.gitvan.metrics;

import java.util.Map;
import java.util.Objects;

/**
 * A measured operation: a stable name and, for a few, labels of small cardinality. Run ids, paths
 * and object ids are never labels.
 *
 * @param name such as {@code template.render}
 * @param labels sorted by name; usually empty
 */
public record Operation(String name, Map<String, String> labels) implements Comparable<Operation> {
  public static final Operation TEMPLATE_COMPILE = of("template.compile");
  public static final Operation TEMPLATE_RENDER = of("template.render");
  public static final Operation GIT_COMMIT = of("git.commit");
  public static final Operation GIT_NOTE = of("git.note");
  public static final Operation GIT_COMMIT_WITH_RECEIPT = of("git.commit_with_receipt");
  public static final Operation GIT_REFS_BATCH = of("git.refs_batch");
  public static final Operation GIT_OBJECT_READ = of("git.object_read");
  public static final Operation LOCK_WAIT = of("lock.wait");
  public static final Operation HOOK_CHAIN = of("hook.chain");
  public static final Operation HOOK_CALL = of("hook.call");
  public static final Operation CONFIG_LOAD = of("config.load");
  public static final Operation CACHE_PUT = of("cache.put");
  public static final Operation QUEUE_WAIT = of("queue.wait");
  public static final Operation JOB_RUN = of("job.run");
  public static final Operation FILES_BATCH = of("files.batch");
  public static final Operation FILES_WAIT = of("files.wait");
  public static final Operation CLI_REQUEST = of("cli.request");

  public Operation {
    Objects.requireNonNull(name, "name");
    labels = Labels.sorted(labels);
  }

  /** An operation without labels. */
  public static Operation of(String name) {
    return new Operation(name, Map.of());
  }

  /** Reading a cache: {@code cache.get{cache,tier}}. */
  public static Operation cacheGet(String cache, String tier) {
    return new Operation("cache.get", Map.of("cache", cache, "tier", tier));
  }

  @Override
  public int compareTo(Operation other) {
    return toString().compareTo(other.toString());
  }

  /** {@code name} or {@code name{key=value,...}}. */
  @Override
  public String toString() {
    return Labels.format(name, labels);
  }
}
