package dev.gitvan.process.local.internal;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A process that ends the commands of this JVM when the JVM is killed: a shell that reads their
 * names from a pipe. The operating system closes the pipe with the JVM, however that ends.
 *
 * <p>The process is started with the first command. It runs in a session of its own, so that the
 * terminal's signals do not reach it, and holds nothing but the pipe. It ends when the pipe is
 * closed: with the JVM, or when this watcher has retired and no command is left. Where there is no
 * shell, nothing is watched. Safe for any thread.
 */
final class Watcher {
  /**
   * Reads {@code + NAME} and {@code - NAME}; {@link ProcessGroup#watched} makes the names. A
   * process that has the number of a watched one but started at another time is left alone. While a
   * group has members, no other process gets its number.
   */
  static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM TSTP
      set -f
      all=' '
      while read -r action name; do
        case $action in
          +) all="$all$name " ;;
          -) case $all in *" $name "*) all="${all%%" $name "*} ${all#*" $name "}" ;; esac ;;
        esac
      done
      is_other() {
        [ -r "/proc/$1/stat" ] || return 1
        line=
        while read -r next; do line=$next; done < "/proc/$1/stat"
        start=$2
        set -- ${line##*) }
        [ "${20}" != "$start" ]
      }
      signal() {
        alive=1
        for name in $all; do
          pid=${name%:*}; pid=${pid#?}
          is_other "$pid" "${name#*:}" && continue
          kill -s "$1" "$pid" && alive=0
          case $name in g*) kill -s "$1" -- "-$pid" && alive=0 ;; esac
        done
        return $alive
      }
      signal TERM || exit 0
      tries=20
      while [ $tries -gt 0 ] && signal 0; do sleep 0.1 || sleep 1; tries=$((tries - 1)); done
      signal KILL
      """;

  private final Set<String> watched = new LinkedHashSet<>();
  private Process process;
  private boolean retired;

  /** Starts the process, if it does not run yet. */
  synchronized void prepare() {
    if (process == null) {
      start();
    }
  }

  /** Begins to watch a command. */
  synchronized void add(String name) {
    watched.add(name);
    if (process == null || !tell("+ " + name)) {
      start();
    }
  }

  /** Ceases to watch a command that has ended. */
  synchronized void remove(String name) {
    if (watched.remove(name) && process != null && !tell("- " + name)) {
      process = null;
    }
    stopIfIdle();
  }

  /** Ends the process as soon as it has nothing left to watch. */
  synchronized void retire() {
    retired = true;
    stopIfIdle();
  }

  private void stopIfIdle() {
    if (retired && watched.isEmpty() && process != null) {
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        // It has ended already.
      }
      process = null;
    }
  }

  /** Starts the process, again if somebody has killed it, and names all commands to it. */
  private void start() {
    process = null;
    if (Platform.WINDOWS) {
      return;
    }
    List<String> command = new ArrayList<>();
    Platform.setsid().ifPresent(command::add);
    command.addAll(List.of(Platform.SHELL, "-c", SCRIPT, "gitvan-watcher"));
    var builder =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().put("PATH", Platform.DEFAULT_PATH);
    try {
      process = builder.start();
    } catch (IOException e) {
      // Commands run unwatched: a JVM that is killed leaves them behind.
      return;
    }
    for (var name : watched) {
      if (!tell("+ " + name)) {
        process = null;
        return;
      }
    }
  }

  private boolean tell(String line) {
    try {
      var out = process.getOutputStream();
      out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
