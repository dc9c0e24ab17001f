package dev.gitvan.launcher.log;

import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.event.Level;

/** Felix's own messages, which by default are printed to standard output. */
public final class FrameworkLog extends Logger {
  private static final String NAME = "org.apache.felix.framework";

  private final LogFile file;

  /** Writes to {@code file}. */
  public FrameworkLog(LogFile file) {
    this.file = file;
    setLogLevel(LOG_WARNING);
  }

  @Override
  @SuppressWarnings("rawtypes")
  protected void doLog(
      Bundle bundle, ServiceReference reference, int level, String message, Throwable failure) {
    file.write(levelOf(level), NAME, bundle == null ? message : bundle + ": " + message, failure);
  }

  private static Level levelOf(int level) {
    return switch (level) {
      case LOG_ERROR -> Level.ERROR;
      case LOG_WARNING -> Level.WARN;
      case LOG_INFO -> Level.INFO;
      default -> Level.DEBUG;
    };
  }
}
