package dev.gitvan.jobs.file.internal.definition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.document.Node;
import dev.gitvan.hook.BuiltInHookPoints;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code on:}, the entries that start a job. */
final class TriggerReader {
  static final Set<String> KEYS =
      Set.of("push", "tag", "paths", "commit", "merge", "hook", "schedule", "timezone");
  static final Set<String> COMMIT_KEYS = Set.of("message", "author");
  static final Set<String> MERGE_KEYS = Set.of("into");

  private final Findings findings;

  TriggerReader(Findings findings) {
    this.findings = findings;
  }

  List<Map<String, Object>> read(Node node) {
    if (!(node instanceof Node.Sequence list)) {
      findings.type(node, "on", "a list of triggers");
      return List.of();
    }
    var entries = new ArrayList<Map<String, Object>>();
    for (var item : list.items()) {
      Values.mapping(item, "an entry of on", findings)
          .ifPresent(
              entry -> {
                entry(entry);
                entries.add(entry.value());
              });
    }
    return entries;
  }

  private void entry(Node.Mapping entry) {
    findings.unknownKeys(entry, KEYS, "a trigger");
    if (entry.entries().isEmpty()) {
      findings.required(entry.place(), "this trigger names nothing", "Write push: main into it.");
    }
    entry
        .entries()
        .forEach(
            (key, value) -> {
              switch (key) {
                case "push", "tag", "paths" -> globs(key, value);
                case "commit" -> commit(value);
                case "merge" -> merge(value);
                case "hook" -> hook(value);
                case "schedule" -> schedule(value);
                case "timezone" -> timezone(entry, value);
                default -> {
                  // Told above.
                }
              }
            });
    for (var key : entry.entries().keySet()) {
      if (entry.entries().containsKey("schedule")
          && KEYS.contains(key)
          && !key.equals("schedule")
          && !key.equals("timezone")) {
        findings.add(
            Codes.CONFIG_TYPE,
            entry.keyPlaces().get(key),
            "a schedule and " + key + " cannot both hold",
            "Make two entries of them.");
      }
    }
  }

  private void globs(String key, Node value) {
    for (var text : Values.texts(value, key, findings)) {
      try {
        Glob.of(text);
      } catch (IllegalArgumentException e) {
        findings.add(
            Codes.CONFIG_RANGE,
            value.place(),
            key + " is no pattern: " + e.getMessage(),
            "Write it like release/* or src/**.");
      }
    }
  }

  private void commit(Node value) {
    Values.mapping(value, "commit", findings)
        .ifPresent(
            mapping -> {
              findings.unknownKeys(mapping, COMMIT_KEYS, "commit");
              if (mapping.entries().isEmpty()) {
                findings.required(
                    mapping.place(), "commit names nothing", "Add message or author.");
              }
              mapping
                  .entries()
                  .forEach(
                      (key, regex) -> {
                        if (COMMIT_KEYS.contains(key)) {
                          Values.text(regex, key, findings).ifPresent(text -> regex(regex, text));
                        }
                      });
            });
  }

  private void regex(Node node, String text) {
    try {
      Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      findings.add(
          Codes.JOB_REGEX_UNSUPPORTED,
          node.place(),
          "this expression cannot be used: "
              + e.getDescription()
              + (e.getPattern() == null ? "" : " in " + e.getPattern()),
          "Use RE2 syntax, which has no back references and no look-around.");
    }
  }

  private void merge(Node value) {
    Values.mapping(value, "merge", findings)
        .ifPresent(
            mapping -> {
              findings.unknownKeys(mapping, MERGE_KEYS, "merge");
              var into = mapping.entries().get("into");
              if (into == null) {
                findings.required(
                    mapping.place(), "merge does not say into what", "Add into: main.");
              } else {
                globs("into", into);
              }
            });
  }

  private void hook(Node value) {
    Values.text(value, "hook", findings)
        .filter(point -> !BuiltInHookPoints.gitNames().contains(point))
        .ifPresent(
            point ->
                findings.add(
                    Codes.CONFIG_RANGE,
                    value.place(),
                    "Git has no hook " + point,
                    Nearest.sentence(point, BuiltInHookPoints.gitNames(), "See githooks(5).")));
  }

  private void schedule(Node value) {
    Values.text(value, "schedule", findings)
        .flatMap(Cron::problem)
        .ifPresent(
            what ->
                findings.add(
                    Codes.JOB_CRON,
                    value.place(),
                    what,
                    "Write minute, hour, day of month, month, day of week: \"0 3 * * *\"."));
  }

  private void timezone(Node.Mapping entry, Node value) {
    if (!entry.entries().containsKey("schedule")) {
      findings.required(value.place(), "timezone without a schedule", "Add schedule beside it.");
    }
    Values.text(value, "timezone", findings)
        .ifPresent(
            zone -> {
              try {
                ZoneId.of(zone);
              } catch (DateTimeException e) {
                findings.add(
                    Codes.JOB_CRON,
                    value.place(),
                    "there is no time zone " + zone,
                    Nearest.sentence(
                        zone, ZoneId.getAvailableZoneIds(), "Write it like Europe/Berlin."));
              }
            });
  }
}
