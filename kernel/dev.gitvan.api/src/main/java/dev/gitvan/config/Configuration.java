package dev.gitvan.config;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The merged configuration of a worktree: the user's {@code gitvan.yaml|json}, then the worktree's,
 * then {@code gitvan-local.yaml|json}, over the defaults. Immutable, and safe for any thread.
 */
@ProviderType
public interface Configuration {
  /** Names of the files, in a worktree's root, that belong to one user and are never committed. */
  List<String> LOCAL_FILES = List.of("gitvan-local.yaml", "gitvan-local.json");

  /**
   * The value of a setting: the last file's that contains it, or the default. Reading is cheap, but
   * read a setting once per operation on hot paths.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code CONFIG_TYPE} or {@code CONFIG_RANGE} when
   *     the section was checked by another version of the bundle, which accepted the value
   */
  <T> T get(Setting<T> setting);

  /** Inline job definitions by name, not yet read: job sources know their keys. */
  Map<String, Node> jobs();

  /** Hook chains by hook point, not yet read. */
  Map<String, Node> hooks();

  /** Every setting of every section, in the order of the schema. */
  List<Value> settings();

  /** What deserves a look although it is not an error, such as a section without its plugin. */
  List<Problem> warnings();

  /** SHA-256 of the files that were read, in hexadecimal: equal for equal names and contents. */
  String fingerprint();

  /**
   * The value of a setting.
   *
   * @param path dotted, such as {@code queue.rate.limit} or {@code plugins.greeting.loud}
   * @param value as a configuration file would contain it
   * @param origin {@code default}, or file:line:column
   */
  record Value(String path, Object value, String origin) {}
}
