package dev.gitvan.shell.internal.diag;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a stack trace is about: the exception that somebody threw, not those that the framework
 * wrapped around it.
 */
public final class RealCause {
  private static final String CAUSED_BY = "Caused by: ";
  private static final Pattern EXCEPTION =
      Pattern.compile("(?<type>(?:[\\w$]+\\.)+[\\w$]+)(?:: (?<message>.*))?");

  /** They say that something failed, and their cause says what. */
  private static final Set<String> WRAPPERS =
      Set.of(
          "java.lang.reflect.InvocationTargetException",
          "java.lang.reflect.UndeclaredThrowableException",
          "java.lang.ExceptionInInitializerError",
          "java.util.concurrent.ExecutionException",
          "java.util.concurrent.CompletionException",
          "org.osgi.framework.BundleException",
          "org.osgi.service.component.ComponentException");

  /** Its message is a whole line for users. */
  private static final String FOR_USERS = "dev.gitvan.diagnostics.GitVanException";

  private final List<Thrown> chain;

  private record Thrown(String type, String message) {
    String words() {
      if (type.equals(FOR_USERS) && !message.isEmpty()) {
        return message;
      }
      var name = type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
      return message.isEmpty() ? name : name + ": " + message;
    }
  }

  private RealCause(List<Thrown> chain) {
    this.chain = chain;
  }

  /** What an exception is about. */
  public static RealCause of(Throwable failure) {
    return of(trace(failure));
  }

  /** An exception's stack trace. */
  static String trace(Throwable failure) {
    var trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }

  /** Reads a string that {@link Throwable#printStackTrace()} has written. */
  static RealCause of(String trace) {
    var chain = new ArrayList<Thrown>();
    for (var line : trace.lines().toList()) {
      boolean first = chain.isEmpty();
      if (first || line.startsWith(CAUSED_BY)) {
        var text = first ? line : line.substring(CAUSED_BY.length());
        var exception = EXCEPTION.matcher(text.strip());
        if (exception.matches()) {
          var message = exception.group("message");
          chain.add(new Thrown(exception.group("type"), message == null ? "" : message.strip()));
        } else if (first) {
          chain.add(new Thrown("", text.strip()));
        }
      }
    }
    while (chain.size() > 1 && WRAPPERS.contains(chain.get(0).type())) {
      chain.remove(0);
    }
    return new RealCause(chain);
  }

  /** Half a sentence, such as {@code IllegalStateException: no key}. */
  public String words() {
    if (chain.isEmpty()) {
      return "no reason is known";
    }
    var first = chain.get(0).type().isEmpty() ? chain.get(0).message() : chain.get(0).words();
    var last = chain.get(chain.size() - 1).words();
    boolean repeated = chain.size() == 1 || first.contains(chain.get(chain.size() - 1).message());
    return repeated ? first : first + ", caused by " + last;
  }

  /** The class that could not be found, with dots, if that is the cause. */
  Optional<String> missingClass() {
    return chain.stream()
        .filter(thrown -> thrown.type().endsWith("NoClassDefFoundError"))
        .map(thrown -> thrown.message().replace('/', '.'))
        .filter(name -> name.matches("[\\w.$]+"))
        .findFirst();
  }
}
