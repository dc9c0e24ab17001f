package dev.gitvan.testkit;

import dev.gitvan.document.Node;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.job.spi.StepContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A step context whose templates know one thing: <code>{{ name }}</code>. */
public final class FakeStepContext implements StepContext {
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([\\w.]+)\\s*\\}\\}");

  private final JobContext job;
  private final Map<String, Object> data;

  public FakeStepContext(JobContext job, Map<String, Object> data) {
    this.job = job;
    this.data = data;
  }

  @Override
  public JobContext job() {
    return job;
  }

  @Override
  public Map<String, Object> data() {
    return data;
  }

  @Override
  public String render(String template, Map<String, ?> more) {
    var all = new LinkedHashMap<String, Object>(data);
    all.putAll(more);
    return VARIABLE
        .matcher(template)
        .replaceAll(match -> Matcher.quoteReplacement(lookUp(all, match.group(1))));
  }

  private static String lookUp(Map<String, Object> data, String path) {
    Object at = data;
    for (var part : path.split("\\.")) {
      at = at instanceof Map<?, ?> map ? map.get(part) : null;
    }
    return String.valueOf(at);
  }

  @Override
  public Object renderAll(Node node, Map<String, ?> more) {
    if (node instanceof Node.Mapping mapping) {
      var map = new LinkedHashMap<String, Object>();
      mapping.entries().forEach((key, value) -> map.put(key, renderAll(value, more)));
      return map;
    }
    if (node instanceof Node.Sequence list) {
      var items = new ArrayList<Object>();
      list.items().forEach(item -> items.add(renderAll(item, more)));
      return items;
    }
    var value = ((Node.Scalar) node).value();
    return value instanceof String text ? render(text, more) : value;
  }

  @Override
  public Map<String, String> processEnvironment() {
    return new LinkedHashMap<>(job.environment());
  }
}
