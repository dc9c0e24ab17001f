package dev.gitvan.config.internal.document;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Place;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says what is wrong with YAML in the words of those who write it, not of those who parse it. */
final class YamlWords {
  private YamlWords() {}

  static GitVanException explain(MarkedYamlEngineException failure, String name) {
    var problem = String.valueOf(failure.getProblem());
    var context = String.valueOf(failure.getContext());
    var mark = failure.getProblemMark().or(failure::getContextMark);
    var place = YamlReader.place(mark, name);
    var opened = failure.getContextMark().map(Mark::getLine).map(line -> line + 1).orElse(0);
    return GitVanException.of(
        Codes.CONFIG_PARSE,
        place.toString(),
        what(problem, context, opened, place),
        remedy(problem));
  }

  private static String what(String problem, String context, int opened, Place place) {
    if (problem.contains("TAB") && !problem.contains("DEL")) {
      return "a tab in the indentation";
    }
    if (problem.contains("unexpected end of stream") || problem.contains("<stream end>")) {
      return "the document ends inside the " + kind(context) + " that begins on line " + opened;
    }
    if (problem.contains("unexpected document separator")) {
      return "a document separator inside the " + kind(context) + " of line " + opened;
    }
    if (problem.contains("could not find expected ':'")) {
      return "a key without a colon"
          + (opened == 0 || opened == place.line() ? "" : ", on line " + opened);
    }
    if (problem.contains("mapping values are not allowed here")) {
      return "unexpected colon";
    }
    if (problem.contains("sequence entries are not allowed here")) {
      return "unexpected list entry";
    }
    if (problem.contains("mapping keys are not allowed here")) {
      return "unexpected key";
    }
    if (problem.contains("cannot start any token")) {
      return "no value can begin with " + quoted(problem);
    }
    if (problem.contains("unknown escape character")) {
      return "\\" + quoted(problem) + " is not a valid escape in double quotes";
    }
    if (problem.contains("duplicate anchor")) {
      return "duplicate anchor";
    }
    if (context.contains("flow sequence")) {
      return "a comma or ] is missing in the list that begins on line " + opened;
    }
    if (context.contains("flow mapping")) {
      return "a comma or } is missing in the mapping that begins on line " + opened;
    }
    if (problem.contains("<block end>")) {
      return "the indentation does not match the "
          + kind(context)
          + " that begins on line "
          + opened;
    }
    return context.startsWith("while ") ? "a syntax error in the " + kind(context) : "invalid YAML";
  }

  private static String remedy(String problem) {
    if (problem.contains("TAB")) {
      return "Indent with spaces.";
    }
    if (problem.contains("mapping values are not allowed") || problem.contains("cannot start")) {
      return "Check the indentation, and quote text that contains ': ' or begins with a special character.";
    }
    if (problem.contains("<block end>") || problem.contains("not allowed here")) {
      return "Check the indentation.";
    }
    if (problem.contains("end of stream") || problem.contains("<stream end>")) {
      return "Close it.";
    }
    return "Check the syntax around this line.";
  }

  private static String kind(String context) {
    if (context.contains("quoted scalar")) {
      return "quoted text";
    }
    if (context.contains("mapping")) {
      return "mapping";
    }
    if (context.contains("sequence") || context.contains("collection")) {
      return "list";
    }
    if (context.contains("block scalar")) {
      return "text block";
    }
    if (context.contains("tag") || context.contains("directive")) {
      return context.contains("tag") ? "tag" : "directive";
    }
    return context.contains("anchor") || context.contains("alias") ? "alias" : "value";
  }

  /** What the parser put in quotes or brackets: the character that it did not like. */
  private static String quoted(String problem) {
    int open = problem.indexOf('\'');
    int close = problem.indexOf('\'', open + 1);
    if (open >= 0 && close > open) {
      return problem.substring(open + 1, close);
    }
    open = problem.indexOf("character ");
    return open < 0 ? "this" : problem.substring(open + 10).split("[ (]", 2)[0];
  }
}
