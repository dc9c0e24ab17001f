package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.Nearest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Names that other engines have, and what to write for each. */
enum ForeignNames {
  TAG(
      """
      elif: Write {% elseif %}.
      elsif: Write {% elseif %}.
      raw: Write {% verbatim %}.
      endraw: Write {% endverbatim %}.
      endset: Write {% set name = value %}.
      set_global: Write {% set name = value %}: in a loop it changes the variable outside.
      assign: Write {% set name = value %}.
      with: Write {% set name = value %}.
      capture: Write {% set name = value %}.
      do: Write {% set name = value %}.
      call: Pass the text to the macro as an argument: {{ name(text) }}.
      endcall: Pass the text to the macro as an argument: {{ name(text) }}.
      asyncEach: Write {% for %}.
      asyncAll: Write {% for %}.
      each: Write {% for %}.
      endeach: Write {% endfor %}.
      endall: Write {% endfor %}.
      unless: Write {% if not condition %}.
      endunless: Write {% endif %}.
      switch: Write {% if %} and {% elseif %}.
      case: Write {% if %} and {% elseif %}.
      default: Write {% else %}.
      endswitch: Write {% endif %}.
      endcase: Write {% endif %}.
      endwith: Remove it.
      endcapture: Write {% set name = value %}.
      endcomment: Write {# comment #}.
      endtrans: Write the text itself.
      break: Put the rest of the loop into {% if %}.
      continue: Put the rest of the loop into {% if %}.
      comment: Write {# comment #}.
      trans: Write the text itself.
      partial: Write {% include "name" %}.
      render: Write {% include "name" with {"key": value} %}.
      """),
  FILTER(
      """
      slugify: Did you mean slug?
      lowercase: Did you mean lower?
      downcase: Did you mean lower?
      uppercase: Did you mean upper?
      upcase: Did you mean upper?
      upper_first: Did you mean capitalize?
      camel_case: Write | camelize(true).
      pascal_case: Did you mean camelize?
      snake_case: Did you mean underscore?
      kebab_case: Did you mean dasherize?
      strip: Did you mean trim?
      trim_start: Did you mean trim?
      trim_end: Did you mean trim?
      trim_prefix: Write | replace("prefix", "").
      trim_suffix: Write | replace("suffix", "").
      flatten: Write [] | merge(list).
      trim_start_matches: Write | replace("prefix", "").
      trim_end_matches: Write | replace("suffix", "").
      linebreaksbr: Did you mean nl2br?
      newline_to_br: Did you mean nl2br?
      strip_html: Did you mean striptags?
      forceescape: Did you mean escape?
      escape_xml: Did you mean escape?
      size: Did you mean length?
      count: Did you mean length?
      as_str: Did you mean string?
      append: Write a ~ b.
      prepend: Write b ~ a.
      filter: Write | selectattr("attribute", value).
      where: Write | selectattr("attribute", value).
      group_by: Did you mean groupby?
      concat: Write list + [item], or | merge(list).
      combine: Did you mean merge?
      union: Write | merge(list) | unique.
      nth: Write list[n].
      get: Write map.key, with | default(value) if it may be missing.
      items: Write {% for e in map %}{{ e.key }}{{ e.value }}{% endfor %}.
      dict2items: Write {% for e in map %}{{ e.key }}{{ e.value }}{% endfor %}.
      json_encode: Did you mean json?
      jsonify: Did you mean json?
      to_nice_json: Write | json(2).
      pprint: Write | json(2).
      inspect: Write | json(2).
      to_yaml: Write | json(2): JSON is YAML.
      to_nice_yaml: Write | json(2): JSON is YAML.
      from_json: Add the value to the data.
      from_yaml: Add the value to the data.
      b64encode: Did you mean base64encode?
      b64decode: Did you mean base64decode?
      hash: Did you mean sha256?
      ternary: Write condition ? a : b.
      mandatory: Remove it: undefined variables are errors.
      regex_replace: Write | replace("from", "to"): there are no regular expressions.
      replace_regex: Write | replace("from", "to"): there are no regular expressions.
      regex_search: Write text contains "part": there are no regular expressions.
      basename: Write | split("/") | last.
      strftime: Write | date("yyyy-MM-dd").
      date_to_string: Write | date("d MMM yyyy").
      """),
  TEST(
      """
      eq: Write a == b.
      equalto: Write a == b.
      sameas: Write a == b.
      ne: Write a != b.
      gt: Write a > b.
      lt: Write a < b.
      in: Write list contains item.
      containing: Write list contains item.
      starting_with: Write text.startsWith("start").
      ending_with: Write text.endsWith("end").
      matching: Write text contains "part": there are no regular expressions.
      object: Did you mean mapping?
      """),
  FUNCTION(
      """
      super: Write {{ parent() }}.
      caller: Pass the text to the macro as an argument: {{ name(text) }}.
      namespace: Write {% set name = value %}: in a loop it changes the variable outside.
      dict: Write {"key": value}.
      now: Write now, without parentheses.
      get_env: Write env.NAME, and list NAME in templates.env.
      lookup: Add the value to the data.
      joiner: Write {% if not loop.first %}, {% endif %}.
      cycler: Write loop.index % 2 == 0 ? a : b.
      """),
  VARIABLE(
      """
      None: Write none.
      True: Write true.
      False: Write false.
      nil: Write none.
      undefined: Write is defined.
      self: Write {{ block("name") }}.
      _self: A template calls its own macros by their names.
      -1: Write list | last.
      this: Write the name of the loop's variable.
      forloop: Write loop.
      if: Write {% if condition %}...{% endif %}.
      else: Write {% else %}.
      end: Write {% endif %} or {% endfor %}.
      range: Write {% for item in list %}...{% endfor %}.
      """),
  ARGUMENT(
      """
      reverse: Write | rsort, or | reverse.
      sep: Did you mean separator?
      timezone: Did you mean timeZone?
      pat: Did you mean delimiter?
      """),
  METHOD(
      """
      upper: Write | upper.
      lower: Write | lower.
      strip: Write | trim.
      title: Write | title.
      capitalize: Write | capitalize.
      replace: Write | replace("from", "to").
      split: Write | split(",").
      join: Write list | join(", ").
      format: Write "%s" | format(value).
      strftime: Write | date("yyyy-MM-dd").
      isoformat: Write | date.
      append: Write {% set list = list + [item] %}.
      extend: Write {% set list = list + more %}.
      update: Write {% set map = map | merge({"key": value}) %}.
      startswith: Write text.startsWith("start").
      endswith: Write text.endsWith("end").
      """);

  private final Map<String, String> remedies = new HashMap<>();

  /**
   * @param lines a name and what to write, each
   */
  ForeignNames(String lines) {
    lines
        .lines()
        .map(line -> line.split(": ", 2))
        .forEach(entry -> remedies.put(entry[0], entry[1]));
  }

  /** What to write for a name that does not exist; the given sentence if that is not known. */
  String remedy(String name, String otherwise) {
    return remedies.getOrDefault(name, otherwise);
  }

  /** What to write for a name that does not exist: else the nearest one, else the sentence. */
  String remedy(String name, Collection<String> known, String otherwise) {
    return remedies.getOrDefault(name, Nearest.sentence(name, known, otherwise));
  }
}
