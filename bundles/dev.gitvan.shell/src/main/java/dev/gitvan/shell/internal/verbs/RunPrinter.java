package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console;
import dev.gitvan.command.Console.Style;
import dev.gitvan.command.Console.Verbosity;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.PlannedEffect;
import dev.gitvan.job.RunEvent;
import dev.gitvan.job.RunListener;
import dev.gitvan.job.StandardStream;
import dev.gitvan.job.StepStatus;
import dev.gitvan.shell.internal.TerminalConsole;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Prints what happens during a run: steps as they finish on standard error, what they print on the
 * stream they print it to. On a terminal a line shows what is going on when that takes long. With
 * {@code --json} standard output is kept for the document. Safe for any thread.
 */
final class RunPrinter implements RunListener {
  private static final long PATIENCE_NANOS = 500_000_000;
  private static final String CLEAR = "\r\u001b[K";
  private static final List<String> FRAMES = List.of("⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇");
  private static final List<String> ASCII_FRAMES = List.of("|", "/", "-", "\\");

  private final Console console;
  private final String job;
  private final boolean quiet;
  private final List<PlannedEffect> planned = new ArrayList<>();
  private final Map<String, Seen> started = new ConcurrentHashMap<>();
  private String current = "";
  private long currentSince;
  private boolean drawn;
  private int frame;

  /**
   * A run that has started.
   *
   * @param at when, as {@link System#nanoTime()}
   * @param width of the longest name of its steps
   */
  private record Seen(long at, Duration limit, int width) {}

  /**
   * @param job the run that was asked for; others are announced by their names
   */
  RunPrinter(Console console, String job) {
    this.console = console;
    this.job = job;
    this.quiet = console.verbosity() == Verbosity.QUIET;
  }

  /** Whether a run should have ended by now: it has taken its longest time and a grace. */
  boolean isOverdue(JobRun run, Duration grace) {
    var seen = started.get(run.id());
    return seen != null && System.nanoTime() - seen.at() > seen.limit().plus(grace).toNanos();
  }

  /** What a dry run would have done so far. */
  synchronized List<PlannedEffect> plannedEffects() {
    return List.copyOf(planned);
  }

  @Override
  public synchronized void on(RunEvent event) {
    if (event instanceof RunEvent.Started run) {
      started(run);
    } else if (event instanceof RunEvent.StepStarted step) {
      current = step.name();
      currentSince = System.nanoTime();
    } else if (event instanceof RunEvent.StepFinished step) {
      finished(step);
    } else if (event instanceof RunEvent.Line line) {
      boolean out = line.stream() == StandardStream.OUT && !console.json();
      print(ofCommand(out ? 'o' : 'e'), "  " + line.text());
    } else if (event instanceof RunEvent.Planned planning) {
      planned(planning.effect());
    } else if (event instanceof RunEvent.Retrying retry) {
      print(
          console.err(),
          errStyled(Style.WARNING, "attempt " + retry.attempt() + " failed, retrying")
              + ": "
              + retry.problem());
    }
  }

  private void started(RunEvent.Started run) {
    int width = run.steps().stream().mapToInt(String::length).max().orElse(0);
    started.put(run.run(), new Seen(System.nanoTime(), run.limit(), width));
    if (!run.job().equals(job)) {
      print(console.err(), errStyled(Style.HEADING, run.job()));
    }
  }

  private void finished(RunEvent.StepFinished step) {
    current = "";
    var report = step.report();
    var seen = started.get(step.run());
    var line = new StringBuilder(mark(report.status())).append(' ');
    line.append(padded(report.name(), seen == null ? 0 : seen.width()));
    if (!report.message().isEmpty()) {
      line.append("  ").append(report.message());
    }
    line.append("  ");
    line.append(errStyled(Style.FAINT, Figures.human(report.duration().toNanos() / 1e9)));
    print(console.err(), line.toString());
  }

  private void planned(PlannedEffect effect) {
    planned.add(effect);
    if (!console.json()) {
      var heading = "would " + action(effect.kind()) + " " + effect.subject();
      print(console.out(), console.styled(Style.HEADING, heading));
      effect
          .detail()
          .lines()
          .forEach(line -> print(console.out(), "  " + DiffPrinter.styled(console, line)));
    }
  }

  /** What is done, in words that its subject can follow. */
  private static String action(String kind) {
    return switch (kind) {
      case "note" -> "add a note to";
      case "ref" -> "update";
      case "job" -> "run the job";
      default -> kind;
    };
  }

  /** Called now and then: draws the line that shows that something is going on. */
  synchronized void tick() {
    long since = System.nanoTime() - currentSince;
    if (!current.isEmpty()
        && since > PATIENCE_NANOS
        && console instanceof TerminalConsole terminal
        && terminal.isLive()) {
      var frames = terminal.isUnicode() ? FRAMES : ASCII_FRAMES;
      frame = (frame + 1) % frames.size();
      terminal.unescaped('e').print(CLEAR);
      console
          .err()
          .print(
              frames.get(frame)
                  + " "
                  + current
                  + errStyled(Style.FAINT, " " + Duration.ofNanos(since).toSeconds() + " s"));
      console.err().flush();
      drawn = true;
    }
  }

  /** Takes the drawn line away, before somebody else prints. */
  synchronized void clear() {
    if (drawn && console instanceof TerminalConsole terminal) {
      terminal.unescaped('e').print(CLEAR);
      terminal.unescaped('e').flush();
      drawn = false;
    }
  }

  /** The stream for the lines of a user's command, which may draw what it likes. */
  private PrintStream ofCommand(char stream) {
    if (console instanceof TerminalConsole terminal) {
      return terminal.unescaped(stream);
    }
    return stream == 'o' ? console.out() : console.err();
  }

  private void print(PrintStream stream, String line) {
    if (!quiet) {
      clear();
      stream.println(line);
      stream.flush();
    }
  }

  private String mark(StepStatus status) {
    boolean unicode = console instanceof TerminalConsole terminal && terminal.isUnicode();
    return switch (status) {
      case OK -> errStyled(Style.GOOD, unicode ? "✓" : "ok");
      case UNCHANGED -> errStyled(Style.FAINT, unicode ? "✓" : "ok");
      case SKIPPED -> errStyled(Style.FAINT, "-");
      default -> errStyled(Style.BAD, unicode ? "✗" : "FAILED");
    };
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private String errStyled(Style style, String text) {
    return console instanceof TerminalConsole terminal ? terminal.styled(style, text, 'e') : text;
  }
}
