package dev.gitvan.cache.ehcache.internal;

import static dev.gitvan.cache.ehcache.internal.DiskFixture.key;
import static dev.gitvan.cache.ehcache.internal.DiskFixture.open;
import static dev.gitvan.cache.ehcache.internal.DiskFixture.value;

import java.io.IOException;
import java.nio.file.Path;

/** Another process that uses the directory: it holds it until it is stopped, or crashes. */
final class OtherProcess {
  private final Process process;

  private OtherProcess(Process process) {
    this.process = process;
  }

  public static void main(String[] arguments) throws IOException {
    var tier = DiskFixture.create().tier(Path.of(arguments[0]));
    var region = open(tier, "test");
    for (int i = 0; i < 20; i++) {
      region.put(key(i), value(i));
    }
    System.out.println("ready");
    System.out.flush();
    if (arguments[1].equals("halt")) {
      Runtime.getRuntime().halt(9);
    }
    while (System.in.read() >= 0) {
      // Until the parent closes the pipe.
    }
    tier.close();
  }

  static OtherProcess start(Path root, String what) throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                root.toString(),
                what)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.getInputStream().read() != 'r') {
      throw new AssertionError("the other process did not start");
    }
    return new OtherProcess(process);
  }

  void stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    awaitEnd();
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }
}
