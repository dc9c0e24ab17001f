package dev.gitvan.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What happens to what is printed when it cannot be written. */
class StandardStreamsTest {
  /** Shown to fail on a build whose PrintStream wrote to the file itself: nothing was reported. */
  @Test
  void fullDiskIsAFailure() {
    var streams = writingTo(failing("No space left on device"));
    streams.out().println("lost");
    streams.out().println("lost as well");
    assertThatThrownBy(streams::checkOutput)
        .isInstanceOfSatisfying(
            LaunchException.class,
            e -> {
              assertThat(e.exitStatus()).isEqualTo(70);
              assertThat(e.line()).startsWith("DISK_FULL standard output: ");
            });
  }

  @Test
  void readerThatWentAwayIsNone() throws IOException {
    var pipe = Pipe.open();
    pipe.source().close();
    var streams = writingTo(Channels.newOutputStream(pipe.sink()));
    streams.out().println("nobody reads");
    assertThatCode(streams::checkOutput).doesNotThrowAnyException();
    assertThat(streams.outFailure().get()).isPresent();
  }

  @Test
  void otherFailuresAreTold() {
    var streams = writingTo(failing("Input/output error"));
    streams.out().print("x");
    assertThatThrownBy(streams::checkOutput)
        .isInstanceOfSatisfying(
            LaunchException.class,
            e -> assertThat(e.line()).startsWith("IO_ERROR standard output: Input/output error."));
  }

  private static OutputStream failing(String why) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(why);
      }
    };
  }

  private static StandardStreams writingTo(OutputStream target) {
    var out = new ProcessOutput(target);
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new StandardStreams(InputStream.nullInputStream(), print, print, out::failure);
  }
}
