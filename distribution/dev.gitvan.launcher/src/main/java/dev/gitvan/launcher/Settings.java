package dev.gitvan.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What {@code etc/launcher.properties} says.
 *
 * <p>{@code framework.NAME} is the framework property {@code NAME}; {@code start-level.N}, {@code
 * start-level.default}, {@code on-demand} and {@code libraries} make the {@link StartPlan}; {@code
 * log.level} is the least level that reaches the log file; {@code training} lists the command
 * lines, separated by {@code ;}, that are run to record the class archive.
 *
 * @param framework properties for the framework
 * @param plan order in which bundles start
 * @param logLevel an SLF4J level
 * @param training argument lists
 */
record Settings(
    Map<String, String> framework, StartPlan plan, String logLevel, List<List<String>> training) {
  private static final String FRAMEWORK = "framework.";
  private static final String START_LEVEL = "start-level.";

  static Settings read(Path file) throws IOException, LaunchException {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return of(properties, file);
  }

  private static Settings of(Properties properties, Path file) throws LaunchException {
    Map<String, String> framework = new HashMap<>();
    Map<String, Integer> levels = new HashMap<>();
    int defaultLevel = StartPlan.DEFAULT_LEVEL;
    for (String key : properties.stringPropertyNames()) {
      String value = properties.getProperty(key).trim();
      if (key.startsWith(FRAMEWORK)) {
        framework.put(key.substring(FRAMEWORK.length()), value);
      } else if (key.equals(START_LEVEL + "default")) {
        defaultLevel = level(value, key, file);
      } else if (key.startsWith(START_LEVEL)) {
        int level = level(key.substring(START_LEVEL.length()), key, file);
        words(value, ",").forEach(prefix -> levels.put(prefix, level));
      }
    }
    var plan =
        new StartPlan(
            levels,
            defaultLevel,
            words(properties.getProperty("on-demand", ""), ","),
            words(properties.getProperty("libraries", ""), ","));
    List<List<String>> training = new ArrayList<>();
    for (String line : words(properties.getProperty("training", ""), ";")) {
      training.add(words(line, " "));
    }
    return new Settings(
        Map.copyOf(framework),
        plan,
        properties.getProperty("log.level", "warn").trim(),
        List.copyOf(training));
  }

  private static int level(String text, String key, Path file) throws LaunchException {
    try {
      int level = Integer.parseInt(text);
      if (level >= 1) {
        return level;
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    throw new LaunchException(
        "CONFIG_RANGE",
        ExitStatus.USAGE,
        file + ": " + key + " needs a start level of 1 or more. Correct it.");
  }

  private static List<String> words(String text, String separator) {
    List<String> words = new ArrayList<>();
    for (String word : text.split(separator)) {
      if (!word.isBlank()) {
        words.add(word.trim());
      }
    }
    return words;
  }
}
