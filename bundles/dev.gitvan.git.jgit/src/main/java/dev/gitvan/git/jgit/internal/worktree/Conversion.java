package dev.gitvan.git.jgit.internal.worktree;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.settings.Settings;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.Attribute.State;

/**
 * What {@code git add} does to a file's content on its way into a blob (git:convert.c): line ends
 * and {@code $Id$}. Filters and encodings are refused: they need programs, or lose content.
 *
 * @param lineEnds how line ends are converted
 * @param ident whether {@code $Id: ...$} becomes {@code $Id$}
 */
record Conversion(LineEnds lineEnds, boolean ident) {
  /** Ways to convert line ends. */
  enum LineEnds {
    /** As they are. */
    NONE,
    /** CRLF to LF. */
    TEXT,
    /** CRLF to LF if the content is text and the index has no CRLF. */
    AUTO
  }

  static final Conversion NOTHING = new Conversion(LineEnds.NONE, false);

  /**
   * @throws GitVanException {@code FILTER_UNSUPPORTED}
   */
  static Conversion of(String path, Map<String, Attribute> attributes, Settings settings) {
    refuseFilter(path, attributes, settings);
    value(attributes, "working-tree-encoding")
        .filter(encoding -> !encoding.equalsIgnoreCase("utf-8"))
        .ifPresent(
            encoding -> {
              throw unsupported(path, "working-tree-encoding=" + encoding);
            });
    return new Conversion(lineEnds(attributes, settings), isSet(attributes, "ident"));
  }

  private static void refuseFilter(
      String path, Map<String, Attribute> attributes, Settings settings) {
    var filter = value(attributes, "filter");
    if (filter.isEmpty()) {
      return;
    }
    var config = settings.all();
    // Without a command Git takes the content as it is, unless the filter is required.
    if (config.getString("filter", filter.get(), "clean") != null
        || config.getString("filter", filter.get(), "process") != null
        || config.getBoolean("filter", filter.get(), "required", false)
        || filter.get().equals("lfs")) {
      throw unsupported(path, "the filter `" + filter.get() + "`");
    }
  }

  private static LineEnds lineEnds(Map<String, Attribute> attributes, Settings settings) {
    var text = attributes.get("text");
    var mode = text == null ? null : mode(text);
    if (mode == null && attributes.get("crlf") != null) {
      mode = mode(attributes.get("crlf"));
    }
    var eol = value(attributes, "eol").orElse("");
    boolean named = eol.equals("lf") || eol.equals("crlf");
    if (mode == LineEnds.NONE) {
      return LineEnds.NONE;
    }
    if (mode != null) {
      return mode;
    }
    if (named) {
      return LineEnds.TEXT;
    }
    var auto = settings.all().getString("core", null, "autocrlf");
    boolean on =
        auto != null
            && (auto.toLowerCase(Locale.ROOT).equals("input")
                || settings.all().getBoolean("core", null, "autocrlf", false));
    return on ? LineEnds.AUTO : LineEnds.NONE;
  }

  /** What {@code text} or {@code crlf} says; null when nothing. */
  private static LineEnds mode(Attribute attribute) {
    return switch (attribute.getState()) {
      case SET -> LineEnds.TEXT;
      case UNSET -> LineEnds.NONE;
      case CUSTOM ->
          switch (attribute.getValue()) {
            case "auto" -> LineEnds.AUTO;
            case "input" -> LineEnds.TEXT;
            default -> null;
          };
      case UNSPECIFIED -> null;
    };
  }

  private static boolean isSet(Map<String, Attribute> attributes, String name) {
    return attributes.containsKey(name) && attributes.get(name).getState() == State.SET;
  }

  private static Optional<String> value(Map<String, Attribute> attributes, String name) {
    return Optional.ofNullable(attributes.get(name))
        .filter(attribute -> attribute.getState() == State.CUSTOM)
        .map(Attribute::getValue);
  }

  private static GitVanException unsupported(String path, String what) {
    return GitVanException.of(
        Codes.FILTER_UNSUPPORTED,
        path,
        "its content passes through " + what + ", which GitVan does not run",
        "Commit it with git, or remove the attribute.");
  }
}
