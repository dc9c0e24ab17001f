package dev.gitvan.process;

import java.io.OutputStream;
import java.util.Objects;

/** Where standard output or standard error of a command is written to. */
public sealed interface ProcessOutput {
  /** Output that is thrown away. */
  static ProcessOutput discarded() {
    return new Discarded();
  }

  /** The same stream of the caller of GitVan. */
  static ProcessOutput inherited() {
    return new Inherited();
  }

  /** Output of any length that is written to a stream; see {@link Sink}. */
  static ProcessOutput to(OutputStream stream) {
    return to(stream, Long.MAX_VALUE);
  }

  /** Output that is written to a stream, up to a limit; see {@link Sink}. */
  static ProcessOutput to(OutputStream stream, long limit) {
    return new Sink(stream, limit);
  }

  /** See {@link ProcessOutput#discarded}. */
  record Discarded() implements ProcessOutput {}

  /** See {@link ProcessOutput#inherited}. */
  record Inherited() implements ProcessOutput {}

  /**
   * A stream of GitVan's. It is written to by one thread of the launcher's, and never closed. What
   * was written is visible to the thread that returns from {@link LaunchedProcess#await}. While the
   * stream blocks, the command waits as soon as the pipe is full. After an exception of the stream,
   * the rest of the output is thrown away, and the command continues.
   *
   * @param stream receives the output as it is printed
   * @param limit maximum number of bytes, at least 0. The stream receives as many; a command that
   *     prints more is ended
   */
  record Sink(OutputStream stream, long limit) implements ProcessOutput {
    public Sink {
      Objects.requireNonNull(stream, "stream");
      if (limit < 0) {
        throw new IllegalArgumentException("negative limit: " + limit);
      }
    }
  }
}
