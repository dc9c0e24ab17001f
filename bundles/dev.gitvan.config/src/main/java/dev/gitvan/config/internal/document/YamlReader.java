package dev.gitvan.config.internal.document;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Builds nodes from the parser's events. The library's own composer is not used: it neither limits
 * what aliases stand for nor knows where the first of two equal keys was.
 */
final class YamlReader {
  private static final String CORE = "tag:yaml.org,2002:";
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();

  private final String name;
  private final Limits limits;
  private final ParserImpl events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int aliased;

  /** An anchor's node and how many nodes that is; no node while it is being read. */
  private record Anchored(Node node, int size) {
    static final Anchored OPEN = new Anchored(null, 0);
  }

  private record Built(Node node, int size) {}

  private YamlReader(String text, String name, Limits limits) {
    this.name = name;
    this.limits = limits;
    this.events = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
  }

  /** The document's root; an empty mapping when there is none. */
  static Node read(String text, String name, Limits limits) {
    try {
      return new YamlReader(text, name, limits).document();
    } catch (MarkedYamlEngineException e) {
      throw YamlWords.explain(e, name);
    } catch (ReaderException e) {
      throw DocumentText.unprintable(text, name);
    } catch (YamlEngineException e) {
      throw GitVanException.of(
          Codes.CONFIG_PARSE, name, "invalid YAML", "Check the file's syntax.");
    }
  }

  private Node document() {
    events.next();
    if (events.checkEvent(Event.ID.StreamEnd)) {
      return new Node.Mapping(new Place(name, 1, 1), Map.of(), Map.of());
    }
    events.next();
    var root = node(1).node();
    events.next();
    if (!events.checkEvent(Event.ID.StreamEnd)) {
      throw GitVanException.of(
          Codes.CONFIG_PARSE,
          place(events.peekEvent()).toString(),
          "there is a second document",
          "Keep one document per file.");
    }
    boolean empty = root instanceof Node.Scalar scalar && scalar.text().isEmpty();
    return empty && ((Node.Scalar) root).value() == null
        ? new Node.Mapping(root.place(), Map.of(), Map.of())
        : root;
  }

  private Built node(int depth) {
    var event = events.next();
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    if (event instanceof ScalarEvent scalar) {
      var node = scalar(scalar);
      scalar.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(node, 1)));
      return new Built(node, 1);
    }
    var start = (CollectionStartEvent) event;
    boolean mapping = start instanceof MappingStartEvent;
    checkTag(start.getTag(), mapping ? "map" : "seq", place(start));
    if (depth > limits.maxDepth()) {
      throw tooDeep(place(start), limits);
    }
    start.getAnchor().ifPresent(anchor -> anchors.put(anchor, Anchored.OPEN));
    var built = mapping ? mapping(start, depth) : sequence(start, depth);
    start
        .getAnchor()
        .ifPresent(anchor -> anchors.put(anchor, new Anchored(built.node(), built.size())));
    return built;
  }

  private Built mapping(Event start, int depth) {
    var entries = new LinkedHashMap<String, Node>();
    var places = new LinkedHashMap<String, Place>();
    int size = 1;
    while (!events.checkEvent(Event.ID.MappingEnd)) {
      var at = place(events.peekEvent());
      checkMerge(events.peekEvent(), at);
      if (!(node(depth + 1).node() instanceof Node.Scalar key)) {
        throw GitVanException.of(
            Codes.CONFIG_PARSE,
            at.toString(),
            "a key must be plain text, not a list or a mapping",
            "Quote the key if the brackets or braces are part of it.");
      }
      var first = places.putIfAbsent(key.text(), at);
      if (first != null) {
        throw duplicate(key.text(), first, at);
      }
      var value = node(depth + 1);
      entries.put(key.text(), value.node());
      size += 1 + value.size();
    }
    events.next();
    return new Built(new Node.Mapping(place(start), entries, places), size);
  }

  /** YAML 1.1 merges the value of this key; in YAML 1.2 it is one like any other. */
  private static void checkMerge(Event key, Place place) {
    if (key instanceof ScalarEvent scalar && scalar.isPlain() && scalar.getValue().equals("<<")) {
      throw GitVanException.of(
          Codes.CONFIG_PARSE,
          place.toString(),
          "the merge key << of YAML 1.1 is not supported",
          "Write the keys here, or use an alias for a whole value: steps: *name.");
    }
  }

  private Built sequence(Event start, int depth) {
    var items = new ArrayList<Node>();
    int size = 1;
    while (!events.checkEvent(Event.ID.SequenceEnd)) {
      var item = node(depth + 1);
      items.add(item.node());
      size += item.size();
    }
    events.next();
    return new Built(new Node.Sequence(place(start), items), size);
  }

  private Built alias(AliasEvent alias) {
    var label = alias.getAnchor().orElseThrow();
    var anchored = anchors.get(label);
    if (anchored == null) {
      throw GitVanException.of(
          Codes.CONFIG_PARSE,
          place(alias).toString(),
          "there is no anchor &" + label + " before this alias",
          "Quote text that begins with *.");
    }
    if (anchored == Anchored.OPEN) {
      throw GitVanException.of(
          Codes.CONFIG_TOO_COMPLEX,
          place(alias).toString(),
          "the alias *" + label + " refers to a value that contains it",
          "Write the value in full.");
    }
    aliased += anchored.size();
    if (aliased > limits.maxAliased()) {
      throw GitVanException.of(
          limits.tooManyAliases(),
          place(alias).toString(),
          String.format(
              "the aliases up to here expand to more than %,d values", limits.maxAliased()),
          "Use fewer nested aliases.");
    }
    return new Built(anchored.node(), anchored.size());
  }

  private Node scalar(ScalarEvent event) {
    var place = place(event);
    var text = event.getValue();
    var tag = event.getTag();
    if (tag.isEmpty()) {
      return event.isPlain()
          ? new Node.Scalar(place, resolve(text, place), text)
          : new Node.Scalar(place, text, text);
    }
    if (tag.get().equals("!")) {
      return new Node.Scalar(place, text, text);
    }
    var wanted = tag.get().startsWith(CORE) ? tag.get().substring(CORE.length()) : "";
    var value =
        switch (wanted) {
          case "str" -> text;
          case "null", "bool", "int", "float" -> resolve(text, place);
          default -> throw forbidden(tag.get(), place);
        };
    boolean fits =
        switch (wanted) {
          case "null" -> value == null;
          case "bool" -> value instanceof Boolean;
          case "int" -> value instanceof Number && !(value instanceof Double);
          case "float" -> value instanceof Number;
          default -> true;
        };
    if (!fits) {
      throw GitVanException.of(
          Codes.CONFIG_PARSE,
          place.toString(),
          "the tag !!" + wanted + " does not fit " + text,
          "Remove the tag.");
    }
    boolean widen = wanted.equals("float") && value instanceof Number;
    return new Node.Scalar(place, widen ? ((Number) value).doubleValue() : value, text);
  }

  private static Object resolve(String text, Place place) {
    try {
      return CoreSchema.resolve(text);
    } catch (CoreSchema.UnfitNumber e) {
      throw unfit(e, place);
    }
  }

  private static void checkTag(Optional<String> tag, String allowed, Place place) {
    if (tag.isPresent() && !tag.get().equals("!") && !tag.get().equals(CORE + allowed)) {
      throw forbidden(tag.get(), place);
    }
  }

  private static GitVanException forbidden(String tag, Place place) {
    var written = tag.startsWith(CORE) ? "!!" + tag.substring(CORE.length()) : tag;
    return GitVanException.of(
        Codes.CONFIG_TAG_FORBIDDEN,
        place.toString(),
        "the tag " + written + " is not allowed: documents may only contain data",
        "Remove the tag.");
  }

  static GitVanException unfit(CoreSchema.UnfitNumber number, Place place) {
    return GitVanException.of(
        Codes.CONFIG_PARSE, place.toString(), number.getMessage(), "Quote it if it is a string.");
  }

  static GitVanException duplicate(String key, Place first, Place again) {
    return GitVanException.of(
        Codes.CONFIG_DUPLICATE_KEY,
        again.toString(),
        "the key " + key + " is already on line " + first.line() + ", and again on " + again.line(),
        "Remove one of them.");
  }

  static GitVanException tooDeep(Place place, Limits limits) {
    return GitVanException.of(
        limits.tooDeep(),
        place.toString(),
        "nested deeper than " + limits.maxDepth() + " levels",
        "Reduce the nesting.");
  }

  private Place place(Event event) {
    return place(event.getStartMark(), name);
  }

  static Place place(Optional<Mark> mark, String name) {
    return mark.map(m -> new Place(name, m.getLine() + 1, m.getColumn() + 1))
        .orElse(Place.of(name));
  }
}
