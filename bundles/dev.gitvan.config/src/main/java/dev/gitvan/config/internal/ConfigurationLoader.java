package dev.gitvan.config.internal;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.internal.document.RegularFile;
import dev.gitvan.config.internal.setting.HookRules;
import dev.gitvan.config.internal.setting.Merge;
import dev.gitvan.config.internal.setting.SettingsReader;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.document.Documents.Syntax;
import dev.gitvan.document.Node;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes a configuration of the bytes of its files. */
final class ConfigurationLoader {
  /** Limit of one file, in bytes. */
  static final long MAX_BYTES = 1L << 20;

  private final Documents documents;

  ConfigurationLoader(Documents documents) {
    this.documents = documents;
  }

  /** A file's name and content. */
  record Content(String name, byte[] bytes) {}

  static List<Content> read(ConfigurationFiles files) {
    var contents = new ArrayList<Content>();
    for (var file : files.files()) {
      var bytes = RegularFile.readConfiguration(file.path(), file.name(), MAX_BYTES);
      contents.add(new Content(file.name(), bytes));
    }
    return contents;
  }

  /**
   * The configuration that the files make.
   *
   * @throws GitVanException the first problem by place
   */
  Configuration load(List<Content> contents) {
    var problems = new ArrayList<Problem>();
    var configuration = load(contents, problems);
    if (problems.isEmpty()) {
      return configuration;
    }
    throw problems.get(0).toException();
  }

  /** Everything that is wrong with the files, by place. */
  List<Problem> problems(List<Content> contents) {
    var problems = new ArrayList<Problem>();
    load(contents, problems);
    return problems;
  }

  private Configuration load(List<Content> contents, List<Problem> problems) {
    var reader = new SettingsReader();
    Node merged = null;
    for (var content : contents) {
      try {
        var root = documents.parse(content.bytes(), content.name(), Syntax.of(content.name()));
        reader.read(root, problems::add);
        merged = merged == null ? root : Merge.of(merged, root);
      } catch (GitVanException e) {
        problems.add(e.problem());
      }
    }
    checkJobsAndHooks(merged, problems::add);
    ByPlace.sort(problems, contents.stream().map(Content::name).toList());
    return reader.configuration(
        section(merged, "jobs"), section(merged, "hooks"), fingerprint(contents));
  }

  private static void checkJobsAndHooks(Node root, Consumer<Problem> problems) {
    if (!(root instanceof Node.Mapping mapping)) {
      return;
    }
    var hooks = mapping.entries().get("hooks");
    if (hooks != null && !isNothing(hooks)) {
      HookRules.check(hooks, problems);
    }
    var jobs = mapping.entries().get("jobs");
    if (jobs != null && !(jobs instanceof Node.Mapping) && !isNothing(jobs)) {
      problems.accept(
          new Problem(
              Codes.CONFIG_TYPE,
              jobs.place().toString(),
              "jobs must be a mapping of names to jobs",
              "Write the job's name and a colon before its keys."));
    }
  }

  private static boolean isNothing(Node node) {
    return node instanceof Node.Scalar scalar && scalar.value() == null;
  }

  private static Map<String, Node> section(Node root, String key) {
    return root instanceof Node.Mapping mapping
            && mapping.entries().get(key) instanceof Node.Mapping section
        ? section.entries()
        : Map.of();
  }

  /** The same for the same names and contents. */
  static String fingerprint(List<Content> contents) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var content : contents) {
        digest.update(content.name().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(MessageDigest.getInstance("SHA-256").digest(content.bytes()));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
