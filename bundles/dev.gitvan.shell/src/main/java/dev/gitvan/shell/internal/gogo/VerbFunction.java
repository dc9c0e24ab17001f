package dev.gitvan.shell.internal.gogo;

import dev.gitvan.shell.internal.Caller;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;

/** A verb as a command of a Gogo session: it prints to the session's streams, and never throws. */
final class VerbFunction implements Function {
  private final String verb;
  private final CommandLine commandLine;
  private final ShellProcess shell;

  VerbFunction(String verb, CommandLine commandLine, ShellProcess shell) {
    this.verb = verb;
    this.commandLine = commandLine;
    this.shell = shell;
  }

  @Override
  public Object execute(CommandSession session, List<Object> arguments) {
    var words = new ArrayList<String>();
    words.add(verb);
    arguments.forEach(argument -> words.add(String.valueOf(argument)));
    var process = Process.Utils.current();
    if (process == null) {
      run(words, session.getKeyboard(), session.getConsole(), session.getConsole(), session, "");
      return null;
    }
    var terminals = new StringBuilder();
    for (int fd = 0; fd < 3; fd++) {
      char stream = "ioe".charAt(fd);
      if (process.isTty(fd) && shell.isTerminal(stream)) {
        terminals.append(stream);
      }
    }
    int status =
        run(
            words,
            process.in(),
            live(process.out(), session),
            live(process.err(), session),
            session,
            terminals.toString());
    process.error(status);
    shell.ended(status);
    return null;
  }

  /**
   * Gogo's channels pass no flush on, and the terminal keeps what it is given until the command has
   * ended. The session's console reaches the terminal itself.
   */
  private static PrintStream live(PrintStream stream, CommandSession session) {
    var target =
        new FilterOutputStream(stream) {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
          }

          @Override
          public void flush() throws IOException {
            out.flush();
            session.getConsole().flush();
          }
        };
    return new PrintStream(target, true, StandardCharsets.UTF_8);
  }

  /** Ctrl-C interrupts the session's thread: nothing is to be registered for it. */
  private int run(
      List<String> words,
      InputStream in,
      PrintStream out,
      PrintStream err,
      CommandSession session,
      String terminals) {
    return commandLine.run(
        words,
        Caller.map(
            in, out, err, session.currentDir(), shell.environment(), terminals, action -> {}));
  }
}
