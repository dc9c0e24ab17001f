package dev.gitvan.launcher.log;

import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** An SLF4J logger that writes to the {@link LogFile}. */
final class FileLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  private final transient LogFile file;

  FileLogger(String name, LogFile file) {
    this.name = name;
    this.file = file;
  }

  @Override
  public boolean isTraceEnabled() {
    return file.isEnabled(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return file.isEnabled(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return file.isEnabled(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return file.isEnabled(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return file.isEnabled(Level.ERROR);
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable failure) {
    file.write(level, name, MessageFormatter.basicArrayFormat(pattern, arguments), failure);
  }
}
