package dev.gitvan.shell.internal.completion;

import dev.gitvan.shell.internal.completion.CommandModel.Kind;
import dev.gitvan.shell.internal.completion.CommandModel.Values;
import java.util.stream.Collectors;

/**
 * Writes completion scripts for bash, zsh and fish. Everything is in the script but the names of
 * jobs, which {@code gitvan job list --names} prints: a JVM for every Tab would be too slow.
 */
final class CompletionScripts {
  private static final String JOBS = "gitvan job list --names 2>/dev/null";

  private CompletionScripts() {}

  static String bash(CommandModel root) {
    var paths = new StringBuilder();
    var values = new StringBuilder();
    var options = new StringBuilder();
    var arguments = new StringBuilder();
    root.all()
        .forEach(
            command -> {
              for (var sub : command.subcommands()) {
                paths.append(
                    "      " + quoted(sub.path()) + ") path=" + quoted(sub.path()) + " ;;\n");
              }
              var flags =
                  command.options().stream()
                      .flatMap(option -> option.names().stream())
                      .collect(Collectors.joining(" "));
              options.append(
                  "      " + quoted(command.path()) + ") words=" + quoted(flags) + " ;;\n");
              for (var option : command.options()) {
                if (option.values().kind() != Kind.NONE) {
                  var cases =
                      option.names().stream()
                          .map(name -> quoted(command.path() + " " + name))
                          .collect(Collectors.joining("|"));
                  values.append("    " + cases + ") " + bash(option.values()) + " return ;;\n");
                }
              }
              if (!command.subcommands().isEmpty()) {
                arguments.append(
                    "      "
                        + quoted(command.path())
                        + ") words="
                        + quoted(names(command))
                        + " ;;\n");
              } else if (!command.arguments().isEmpty()) {
                arguments.append(
                    "      "
                        + quoted(command.path())
                        + ") "
                        + bash(command.arguments().get(0))
                        + " return ;;\n");
              }
            });
    return """
        # Completion of gitvan for bash, by `gitvan completion bash`.
        _gitvan_reply() {
          local word
          COMPREPLY=()
          while IFS= read -r word; do
            [[ $word == "$cur"* ]] && COMPREPLY+=("$word")
          done
          # bash takes the part before a colon for a word of its own.
          if [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]]; then
            local before=${cur%"${cur##*:}"}
            COMPREPLY=("${COMPREPLY[@]#"$before"}")
          fi
        }
        _gitvan() {
          local line=${COMP_LINE:0:COMP_POINT} cur prev='' path='' words='' word typed
          cur=${line##*[[:space:]]}
          read -ra typed <<<"${line%"$cur"}"
          COMPREPLY=()
          for word in "${typed[@]:1}"; do
            prev=$word
            case "$path $word" in
        @PATHS@    esac
          done
          case "$path $prev" in
        @VALUES@  esac
          if [[ $cur == -* ]]; then
            case "$path" in
        @OPTIONS@    esac
          else
            case "$path" in
        @ARGUMENTS@    esac
          fi
          _gitvan_reply < <(printf '%s\\n' $words)
        }
        complete -F _gitvan gitvan
        """
        .replace("@PATHS@", paths)
        .replace("@VALUES@", values)
        .replace("@OPTIONS@", options)
        .replace("@ARGUMENTS@", arguments);
  }

  private static String bash(Values values) {
    return switch (values.kind()) {
      case JOB -> "_gitvan_reply < <(" + JOBS + ");";
      case FILE -> "compopt -o filenames 2>/dev/null; _gitvan_reply < <(compgen -f -- \"$cur\");";
      case DIRECTORY ->
          "compopt -o filenames 2>/dev/null; _gitvan_reply < <(compgen -d -- \"$cur\");";
      case WORD -> "_gitvan_reply < <(printf '%s\\n' " + String.join(" ", values.words()) + ");";
      default -> ":;";
    };
  }

  static String zsh(CommandModel root) {
    var text = new StringBuilder();
    text.append("#compdef gitvan\n");
    text.append("# Completion of gitvan for zsh, by `gitvan completion zsh`.\n");
    text.append("_gitvan_jobs() {\n  local -a jobs\n  jobs=(${(f)\"$(" + JOBS + ")\"})\n");
    text.append("  compadd -a jobs\n}\n");
    root.all().forEach(command -> zsh(command, text));
    text.append("if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n  _gitvan \"$@\"\n");
    text.append("else\n  compdef _gitvan gitvan\nfi\n");
    return text.toString();
  }

  private static void zsh(CommandModel command, StringBuilder text) {
    text.append(function(command)).append("() {\n");
    text.append("  local curcontext=\"$curcontext\" state line\n  local -a subcommands\n");
    text.append("  _arguments -C \\\n");
    for (var option : command.options()) {
      var exclusive = "(" + String.join(" ", option.names()) + ")";
      for (var name : option.names()) {
        text.append("    ")
            .append(
                quoted(
                    exclusive
                        + name
                        + "["
                        + zshText(option.description())
                        + "]"
                        + zsh(option.values())))
            .append(" \\\n");
      }
    }
    if (command.subcommands().isEmpty()) {
      for (var argument : command.arguments()) {
        text.append("    ").append(quoted(":" + argument.label() + zshAction(argument)));
        text.append(" \\\n");
      }
      text.append("    && return 0\n}\n");
      return;
    }
    text.append("    '1: :->subcommand' '*:: :->arguments' && return 0\n");
    text.append("  case $state in\n    subcommand)\n      subcommands=(\n");
    for (var sub : command.subcommands()) {
      text.append("        ")
          .append(quoted(sub.name() + ":" + zshText(sub.description())))
          .append('\n');
    }
    text.append("      )\n      _describe -t commands command subcommands ;;\n");
    text.append("    arguments)\n      case $words[1] in\n");
    for (var sub : command.subcommands()) {
      text.append("        ").append(sub.name()).append(") ").append(function(sub)).append(" ;;\n");
    }
    text.append("      esac ;;\n  esac\n}\n");
  }

  private static String function(CommandModel command) {
    return "_gitvan" + command.path().replace(' ', '_').replace('-', '_');
  }

  private static String zsh(Values values) {
    return values.kind() == Kind.NONE ? "" : ":" + values.label() + zshAction(values);
  }

  private static String zshAction(Values values) {
    return switch (values.kind()) {
      case JOB -> ":_gitvan_jobs";
      case FILE -> ":_files";
      case DIRECTORY -> ":_files -/";
      case WORD -> ":(" + String.join(" ", values.words()) + ")";
      default -> ": ";
    };
  }

  private static String zshText(String text) {
    return text.replaceAll("[\\[\\]:\\\\]", " ");
  }

  static String fish(CommandModel root) {
    var text = new StringBuilder();
    text.append("# Completion of gitvan for fish, by `gitvan completion fish`.\n");
    text.append("function __gitvan_at\n  set -l path ''\n");
    text.append("  for word in (commandline -opc)[2..-1]\n    switch \"$path $word\"\n      case");
    root.all()
        .filter(command -> !command.path().isEmpty())
        .forEach(command -> text.append(' ').append(fishQuoted(command.path())));
    text.append("\n        set path \"$path $word\"\n    end\n  end\n");
    text.append("  test \"$path\" = \"$argv[1]\"\nend\n");
    text.append("complete -c gitvan -f\n");
    root.all()
        .forEach(
            command -> {
              var at =
                  "complete -c gitvan -n " + fishQuoted("__gitvan_at '" + command.path() + "'");
              for (var sub : command.subcommands()) {
                text.append(at).append(" -a ").append(sub.name()).append(" -d ");
                text.append(fishQuoted(sub.description())).append('\n');
              }
              for (var option : command.options()) {
                text.append(at);
                option.names().forEach(name -> text.append(fishOption(name)));
                text.append(fish(option.values())).append(" -d ");
                text.append(fishQuoted(option.description())).append('\n');
              }
              if (!command.arguments().isEmpty()) {
                text.append(at).append(fishArguments(command.arguments().get(0))).append('\n');
              }
            });
    return text.toString();
  }

  private static String fishOption(String name) {
    return name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1);
  }

  private static String fish(Values values) {
    return switch (values.kind()) {
      case NONE -> "";
      case FILE -> " -r" + fishArguments(values);
      default -> " -x" + fishArguments(values);
    };
  }

  private static String fishArguments(Values values) {
    return switch (values.kind()) {
      case JOB -> " -a " + fishQuoted("(" + JOBS + ")");
      case FILE -> " -F";
      case DIRECTORY -> " -a " + fishQuoted("(__fish_complete_directories)");
      case WORD -> " -a " + fishQuoted(String.join(" ", values.words()));
      default -> "";
    };
  }

  private static String names(CommandModel command) {
    return command.subcommands().stream().map(CommandModel::name).collect(Collectors.joining(" "));
  }

  /** Single quotes of a POSIX shell. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String fishQuoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
