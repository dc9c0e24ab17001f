package dev.gitvan.shell.internal.completion;

import dev.gitvan.shell.internal.VerbModels;
import dev.gitvan.shell.internal.VerbRegistry;
import java.util.ArrayList;
import java.util.List;

/** Reads the model of everything that can be typed; makes an instance of every verb to do so. */
public final class CommandModels {
  private CommandModels() {}

  /** {@code gitvan} with all its verbs. A verb that cannot be made is left out. */
  public static CommandModel of(VerbRegistry verbs) {
    var models = new ArrayList<CommandModel>();
    for (var entry : verbs.list()) {
      var model =
          entry.with(
              verb ->
                  CommandModel.of(
                      " " + entry.name(),
                      entry.description(),
                      VerbModels.complete(entry, verb),
                      verb::candidates));
      if (model.failure() == null) {
        models.add(model.value());
      } else if (model.failure() instanceof Error error) {
        throw error;
      }
    }
    var root = CommandModel.of("", "", VerbModels.globalOptions(), label -> List.of());
    return CommandModel.root(models, root.options());
  }
}
