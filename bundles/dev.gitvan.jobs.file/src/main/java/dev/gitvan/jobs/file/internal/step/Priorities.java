package dev.gitvan.jobs.file.internal.step;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Node;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.StepContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The order of items: higher priority first, then as they were found. */
final class Priorities {
  private Priorities() {}

  static int[] order(StepContext context, StepSpec step, List<Map<String, Object>> items) {
    var node = step.option("priority").orElse(null);
    if (node == null) {
      return IntStream.range(0, items.size()).toArray();
    }
    var priorities = items.stream().mapToDouble(item -> priority(context, node, item)).toArray();
    var order = IntStream.range(0, priorities.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(index -> -priorities[index]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  private static double priority(StepContext context, Node node, Map<String, Object> item) {
    var text = String.valueOf(context.renderAll(node, item)).strip();
    try {
      double priority = text.isEmpty() ? 0 : Double.parseDouble(text);
      if (!Double.isNaN(priority)) {
        return priority;
      }
    } catch (NumberFormatException e) {
      // Reported below, like any other string that is not a number.
    }
    throw GitVanException.of(
        Codes.CONFIG_TYPE,
        node.place().toString(),
        "priority must be a number, but is " + text,
        "Check the variables in it.");
  }
}
