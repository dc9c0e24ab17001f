package dev.gitvan.itests.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad configuration files: each gives its code, with file, line and column, and nothing else. */
class BadConfigurationIT {
  @TempDir Path directory;

  static Stream<Refusal> files() {
    return Stream.of(
        Refusal.of("truncated JSON")
            .file("gitvan.json", "{\n  \"templates\": { \"dir\":")
            .gives("CONFIG_PARSE")
            .at("gitvan\\.json:2:\\d+"),
        Refusal.of("truncated YAML")
            .file("gitvan.yaml", "queue:\n  rate: { limit: 3\n")
            .gives("CONFIG_PARSE")
            .at("gitvan\\.yaml:\\d+:\\d+"),
        Refusal.of("truncated job file")
            .job("steps:\n  - run: [\"echo\"\n")
            .gives("CONFIG_PARSE")
            .at("\\.gitvan/jobs/j\\.yaml:\\d+:\\d+"),
        Refusal.of("a list instead of settings")
            .file("gitvan.yaml", "- a\n- b\n")
            .gives("CONFIG_TYPE")
            .at("gitvan\\.yaml:1:1"),
        Refusal.of("a word instead of a number")
            .file("gitvan.yaml", "queue:\n  capacity: many\n")
            .gives("CONFIG_TYPE")
            .at("gitvan\\.yaml:2:13"),
        Refusal.of("YAML 1.1's boolean is a word")
            .file("gitvan.yaml", "templates:\n  strict: yes\n")
            .gives("CONFIG_TYPE")
            .at("gitvan\\.yaml:2:11"),
        Refusal.of("mistyped key")
            .file("gitvan.yaml", "queue:\n  cocurrency: 4\n")
            .gives("CONFIG_UNKNOWN_KEY")
            .at("gitvan\\.yaml:2:3")
            .saying("cocurrency", "concurrency"),
        Refusal.of("mistyped key at the top")
            .file("gitvan.yaml", "quue: {}\n")
            .gives("CONFIG_UNKNOWN_KEY")
            .at("gitvan\\.yaml:1:1")
            .saying("queue"),
        Refusal.of("mistyped key of a step")
            .job(
                """
                steps:
                  - template: t.peb
                    for-each: "data/*.json"
                    to: "{{ item.name }}.md"
                    cocurrency: 4
                """)
            .gives("CONFIG_UNKNOWN_KEY")
            .at("\\.gitvan/jobs/j\\.yaml:5:5")
            .saying("concurrency"),
        Refusal.of("mistyped key of an inline job")
            .file("gitvan.yaml", "jobs:\n  j:\n    descripton: x\n    steps: []\n")
            .when("run", "j")
            .gives("CONFIG_UNKNOWN_KEY")
            .at("gitvan\\.yaml:3:5")
            .saying("description"),
        Refusal.of("concurrency 0")
            .file("gitvan.yaml", "queue: { concurrency: 0 }\n")
            .gives("CONFIG_RANGE")
            .at("gitvan\\.yaml:1:23")
            .saying("1", "64"),
        Refusal.of("concurrency 1e9")
            .file("gitvan.yaml", "queue:\n  concurrency: 1e9\n")
            .gives("CONFIG_RANGE")
            .at("gitvan\\.yaml:2:16")
            .saying("1", "64"),
        Refusal.of("concurrency of a step")
            .job(
                """
                steps:
                  - { template: t.peb, for-each: [1], to: "{{ item }}.md", concurrency: 65 }
                """)
            .gives("CONFIG_RANGE")
            .at("\\.gitvan/jobs/j\\.yaml:2:\\d+")
            .saying("1", "64"),
        Refusal.of("a tag that would build an object")
            .file("gitvan.yaml", "daemon: !!javax.script.ScriptEngineManager [ a ]\n")
            .gives("CONFIG_TAG_FORBIDDEN")
            .at("gitvan\\.yaml:1:\\d+")
            .saying("javax.script.ScriptEngineManager"),
        Refusal.of("alias bomb")
            .file("gitvan.yaml", aliasBomb())
            .gives("CONFIG_TOO_COMPLEX")
            .at("gitvan\\.yaml.*"),
        Refusal.of("nesting bomb")
            .file("gitvan.json", "{\"jobs\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}")
            .gives("CONFIG_TOO_COMPLEX")
            .at("gitvan\\.json.*"),
        Refusal.of("the same key twice")
            .file("gitvan.yaml", "queue: {}\ncache: {}\nqueue: {}\n")
            .gives("CONFIG_DUPLICATE_KEY")
            .at("gitvan\\.yaml:3:1")
            .saying("queue", "line 1"),
        Refusal.of("the same key twice in JSON")
            .file("gitvan.json", "{\n\"queue\": {},\n\"queue\": {}\n}\n")
            .gives("CONFIG_DUPLICATE_KEY")
            .at("gitvan\\.json:3:\\d+")
            .saying("queue", "line 2"),
        Refusal.of("NUL")
            .file("gitvan.yaml", "queue: {}\n# \0\n")
            .gives("CONFIG_ENCODING")
            .at("gitvan\\.yaml.*")
            .saying("12"),
        Refusal.of("invalid UTF-8")
            .bytes("gitvan.yaml", new byte[] {'a', ':', ' ', (byte) 0xC3, 0x28})
            .gives("CONFIG_ENCODING")
            .at("gitvan\\.yaml.*")
            .saying("3"),
        Refusal.of("50 MB")
            .bytes("gitvan.yaml", "#".repeat(50_000_000).getBytes(US_ASCII))
            .gives("CONFIG_TOO_LARGE")
            .at("gitvan\\.yaml"),
        Refusal.of("symbolic link")
            .link("gitvan.yaml", "/etc/passwd")
            .gives("CONFIG_NOT_REGULAR")
            .at("gitvan\\.yaml"),
        Refusal.of("job file that is a symbolic link")
            .link(".gitvan/jobs/j.yaml", "/etc/passwd")
            .when("run", "j")
            .gives("CONFIG_NOT_REGULAR")
            .at("\\.gitvan/jobs/j\\.yaml"),
        Refusal.of("FIFO")
            .given(r -> r.sandbox().exec(List.of("mkfifo", "gitvan.yaml"), Map.of()))
            .gives("CONFIG_NOT_REGULAR")
            .at("gitvan\\.yaml"),
        Refusal.of("directory")
            .file("gitvan.yaml/x", "")
            .gives("CONFIG_NOT_REGULAR")
            .at("gitvan\\.yaml"),
        Refusal.of("YAML and JSON both")
            .file("gitvan.yaml", "queue: {}\n")
            .file("gitvan.json", "{}\n")
            .gives("CONFIG_DUPLICATE_FILE")
            .saying("gitvan.yaml", "gitvan.json"),
        Refusal.of("local settings are checked too")
            .file("gitvan-local.yaml", "queue: { concurrency: 100 }\n")
            .gives("CONFIG_RANGE")
            .at("gitvan-local\\.yaml:1:23"),
        Refusal.of("size without a unit that exists")
            .file("gitvan.yaml", "cache: { disk: { size: 3 potatoes } }\n")
            .gives("CONFIG_TYPE")
            .at("gitvan\\.yaml:1:24"),
        Refusal.of("rate that is neither a size nor off")
            .file("gitvan.yaml", "files: { rate: 10MiB/s }\n")
            .gives("CONFIG_TYPE")
            .at("gitvan\\.yaml:1:16")
            .saying("files.rate", "off"),
        Refusal.of("rate 0")
            .file("gitvan.yaml", "files:\n  rate: 0\n")
            .gives("CONFIG_RANGE")
            .at("gitvan\\.yaml:2:9")
            .saying("off", "1KiB"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void isRefused(Refusal refusal) {
    refusal.check(directory);
  }

  private static String aliasBomb() {
    var yaml = new StringBuilder("jobs:\n  a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (char level = 'b'; level <= 'k'; level++) {
      var below = "*" + (char) (level - 1);
      yaml.append(
          "  %s: &%s [%s]\n"
              .formatted(level, level, String.join(", ", Collections.nCopies(10, below))));
    }
    return yaml.toString();
  }
}
