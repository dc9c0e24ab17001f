package dev.gitvan.template.pebble.internal;

import dev.gitvan.document.Documents;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code value | json} on one line; {@code json(2)} or any other indent over several. */
final class JsonFilter implements Filter {
  private static final int MAX_DEPTH = 100;

  private final Documents documents;

  JsonFilter(Documents documents) {
    this.documents = documents;
  }

  @Override
  public List<String> getArgumentNames() {
    return List.of("indent");
  }

  @Override
  public Object apply(
      Object input,
      Map<String, Object> arguments,
      PebbleTemplate self,
      EvaluationContext context,
      int line) {
    var rendering = ((RenderContext) context).rendering();
    var value = new Copy(rendering).of(input, 0);
    var json =
        Values.isTrue(arguments.get("indent"))
            ? documents.toPrettyJson(value)
            : documents.toJson(value);
    rendering.checkHeld(json.length());
    return json;
  }

  /**
   * The value in what JSON knows, counted before it is written: a list that holds another twice,
   * and so on, is small in memory and endless on paper.
   */
  private static final class Copy {
    private final Rendering rendering;
    private long length;

    Copy(Rendering rendering) {
      this.rendering = rendering;
    }

    Object of(Object value, int depth) {
      if (depth > MAX_DEPTH) {
        throw new BadArgument("a value is nested over " + MAX_DEPTH + " deep");
      }
      if (value instanceof Map<?, ?> map) {
        var copy = new LinkedHashMap<String, Object>();
        for (var entry : map.entrySet()) {
          var key = String.valueOf(entry.getKey());
          count(key.length());
          copy.put(key, of(entry.getValue(), depth + 1));
        }
        return copy;
      }
      if (value instanceof Map.Entry<?, ?> entry) {
        var pair = new LinkedHashMap<String, Object>();
        pair.put("key", entry.getKey());
        pair.put("value", entry.getValue());
        return of(pair, depth);
      }
      var items = Values.items(value);
      if (items != null) {
        var copy = new ArrayList<Object>();
        for (var item : items) {
          copy.add(of(item, depth + 1));
        }
        return copy;
      }
      if (value == null || value instanceof Number || value instanceof Boolean) {
        count(1);
        return value;
      }
      var text = value.toString();
      count(text.length());
      return text;
    }

    private void count(int more) {
      length += more + 3L;
      rendering.checkHeld(length);
    }
  }
}
