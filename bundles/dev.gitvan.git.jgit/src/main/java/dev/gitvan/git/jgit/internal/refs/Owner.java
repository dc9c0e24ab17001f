package dev.gitvan.git.jgit.internal.refs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The process that holds something, described so that another one can prove it dead.
 *
 * @param pid process id
 * @param started when it started, or empty when the system does not tell
 * @param boot the kernel's boot id, or empty
 * @param host the machine's name
 * @param namespace what the process id counts in, or empty
 */
public record Owner(long pid, String started, String boot, String host, String namespace) {
  /** Start times are computed from the boot time, which a clock's correction moves. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private static final class Self {
    private static final Owner OWNER = read();

    private static Owner read() {
      var self = ProcessHandle.current();
      return new Owner(
          self.pid(),
          self.info().startInstant().map(Instant::toString).orElse(""),
          readBoot(),
          readHost(),
          link(Path.of("/proc/self/ns/pid")));
    }
  }

  /** This process. */
  public static Owner self() {
    return Self.OWNER;
  }

  /**
   * Whether it is proved that the process has ended. Another machine's, another container's, or one
   * that the system does not tell about counts as living.
   */
  public boolean isDead() {
    var self = self();
    if (!host.equals(self.host)) {
      return false;
    }
    if (!boot.isEmpty() && !self.boot.isEmpty() && !boot.equals(self.boot)) {
      return true;
    }
    if (!namespace.equals(self.namespace)) {
      return false;
    }
    return ProcessHandle.of(pid).map(this::isOther).orElse(true);
  }

  /** Whether the process id counts in this machine and container. */
  boolean isHere() {
    return host.equals(self().host) && namespace.equals(self().namespace);
  }

  /** Whether the process id now belongs to a process that started at another time. */
  private boolean isOther(ProcessHandle process) {
    if (!process.isAlive() || isZombie()) {
      return true;
    }
    Optional<Instant> start = process.info().startInstant();
    return start.isPresent()
        && !started.isEmpty()
        && Duration.between(Instant.parse(started), start.get()).abs().compareTo(TOLERANCE) > 0;
  }

  /**
   * Whether it has ended and its parent has not asked how: a container's first process may never
   * ask. For Java such a process is alive.
   */
  private boolean isZombie() {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException e) {
      return false;
    }
  }

  /** As lines {@code key=value}. */
  public String toText() {
    return "pid="
        + pid
        + "\nstarted="
        + started
        + "\nboot="
        + boot
        + "\nhost="
        + host
        + "\nnamespace="
        + namespace
        + "\n";
  }

  /**
   * @throws IllegalArgumentException when the lines do not tell an owner
   */
  public static Owner of(Map<String, String> lines) {
    var owner =
        new Owner(
            Long.parseLong(value(lines, "pid")),
            value(lines, "started"),
            value(lines, "boot"),
            value(lines, "host"),
            value(lines, "namespace"));
    if (!owner.started.isEmpty()) {
      try {
        Instant.parse(owner.started);
      } catch (java.time.DateTimeException e) {
        throw new IllegalArgumentException(e);
      }
    }
    return owner;
  }

  private static String value(Map<String, String> lines, String key) {
    var value = lines.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key);
    }
    return value;
  }

  private static String readBoot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static String link(Path path) {
    try {
      return Files.readSymbolicLink(path).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private static String readHost() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException unknown) {
        return "";
      }
    }
  }
}
