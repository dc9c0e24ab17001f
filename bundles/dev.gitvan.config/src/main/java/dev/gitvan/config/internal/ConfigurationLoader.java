package dev.gitvan.config.internal;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.Configurations.Validation;
import dev.gitvan.config.internal.document.RegularFile;
import dev.gitvan.config.internal.setting.DocumentCheck;
import dev.gitvan.config.internal.setting.DocumentCheck.Owner;
import dev.gitvan.config.internal.setting.Merge;
import dev.gitvan.config.internal.setting.MergedConfiguration;
import dev.gitvan.config.internal.setting.Sections;
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

/** Parses, checks and merges configuration files. */
final class ConfigurationLoader {
  /** Limit of one file, in bytes. */
  static final long MAX_BYTES = 1L << 20;

  private final Documents documents;
  private final String usersFile;

  /**
   * @param usersFile where the user's own settings belong, for messages
   */
  ConfigurationLoader(Documents documents, String usersFile) {
    this.documents = documents;
    this.usersFile = usersFile;
  }

  /** A file's name, owner and content. */
  record Content(String name, Owner owner, byte[] bytes) {}

  static List<Content> read(ConfigurationFiles files) {
    var contents = new ArrayList<Content>();
    for (var file : files.files()) {
      var bytes = RegularFile.readConfiguration(file.path(), file.name(), MAX_BYTES);
      contents.add(new Content(file.name(), file.owner(), bytes));
    }
    return contents;
  }

  /**
   * The configuration of the files.
   *
   * @throws GitVanException the first error by location
   */
  Configuration load(List<Content> contents, Sections sections) {
    var checked = check(contents, sections);
    if (checked.validation().errors().isEmpty()) {
      return new MergedConfiguration(
          sections, checked.root(), checked.validation().warnings(), fingerprint(contents));
    }
    throw checked.validation().errors().get(0).toException();
  }

  /** All problems of the files, by location. */
  Validation validate(List<Content> contents, Sections sections) {
    return check(contents, sections).validation();
  }

  /**
   * The result of checking files.
   *
   * @param root the merged document; null without files
   */
  private record Checked(Node root, Validation validation) {}

  private Checked check(List<Content> contents, Sections sections) {
    var errors = new ArrayList<Problem>();
    var warnings = new ArrayList<Problem>();
    Node merged = null;
    for (var content : contents) {
      try {
        var root = documents.parse(content.bytes(), content.name(), Syntax.of(content.name()));
        new DocumentCheck(sections, content.owner(), usersFile, errors::add, warnings::add)
            .check(root);
        merged = merged == null ? root : Merge.of(merged, root);
      } catch (GitVanException e) {
        errors.add(e.problem());
      }
    }
    DocumentCheck.checkMerged(merged, errors::add);
    var names = contents.stream().map(Content::name).toList();
    ByPlace.sort(errors, names);
    ByPlace.sort(warnings, names);
    return new Checked(merged, new Validation(errors, warnings));
  }

  /** A digest of names and contents. */
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
