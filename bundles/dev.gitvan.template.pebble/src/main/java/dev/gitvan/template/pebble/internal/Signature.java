package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.extension.NamedArguments;
import io.pebbletemplates.pebble.node.ArgumentsNode;
import java.util.List;

/**
 * What a filter, test or function takes; Pebble looks only when it calls it.
 *
 * @param what how errors name it
 */
record Signature(String what, NamedArguments taker) {
  /** Takes what is wrong and what to do. */
  interface Problems {
    void add(String what, String remedy);
  }

  /** Finds arguments that it does not take. */
  void check(ArgumentsNode arguments, Problems problems) {
    var names = taker.getArgumentNames();
    if (names == null || names.isEmpty()) {
      // As many as there are, whatever they are called.
      return;
    }
    var given = arguments.getPositionalArgs();
    if (given != null && given.size() > names.size()) {
      problems.add(
          what + " takes " + count(names.size()) + " at most, but got " + given.size(),
          known(names));
    }
    if (arguments.getNamedArgs() != null) {
      for (var named : arguments.getNamedArgs()) {
        if (!names.contains(named.getName())) {
          problems.add(
              what + " has no argument " + named.getName(),
              ForeignNames.ARGUMENT.remedy(named.getName(), names, known(names)));
        }
      }
    }
  }

  private static String count(int number) {
    return number == 1 ? "1 argument" : number + " arguments";
  }

  private static String known(List<String> names) {
    return names.size() == 1
        ? "Its argument is " + names.get(0) + "."
        : "Its arguments are " + String.join(", ", names) + ".";
  }
}
