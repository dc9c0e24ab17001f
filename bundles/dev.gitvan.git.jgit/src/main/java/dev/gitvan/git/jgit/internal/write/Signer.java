package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.process.ProcessInput;
import dev.gitvan.process.ProcessLauncher;
import dev.gitvan.process.ProcessOutput;
import dev.gitvan.process.ProcessSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Config;

/**
 * Signs commits and tags as Git does, with OpenPGP, X.509 or SSH. Which program runs is read from
 * the user's and the system's configuration only; a repository can ask for a signature, and name a
 * key, but not what is executed.
 */
final class Signer {
  /** Somebody may have to type a passphrase. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final int MAX_ERROR = 400;
  private static final int MAX_OUTPUT = 1 << 20;

  private final ProcessLauncher launcher;
  private final Settings settings;
  private final Path workingDirectory;

  Signer(ProcessLauncher launcher, Settings settings, Path workingDirectory) {
    this.launcher = launcher;
    this.settings = settings;
    this.workingDirectory = workingDirectory;
  }

  boolean signsCommits() {
    return settings.all().getBoolean("commit", null, "gpgsign", false);
  }

  boolean signsTags() {
    return settings.all().getBoolean("tag", null, "gpgsign", false)
        || settings.all().getBoolean("tag", null, "forcesignannotated", false);
  }

  /**
   * Signs an object's content.
   *
   * @param identity {@code Name <email>}, by which a key is found where none is configured
   * @return the armoured signature
   * @throws GitVanException {@code SIGNING_FAILED}
   */
  byte[] sign(byte[] payload, String identity) {
    var format = Optional.ofNullable(settings.all().getString("gpg", null, "format"));
    try {
      return switch (format.orElse("openpgp")) {
        case "openpgp" -> gpg(payload, identity, program("openpgp", "gpg"));
        case "x509" -> gpg(payload, identity, program("x509", "gpgsm"));
        case "ssh" -> ssh(payload, program("ssh", "ssh-keygen"));
        default -> throw failed("gpg.format `" + format.get() + "` is not known", null);
      };
    } catch (IOException e) {
      throw failed(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("it was interrupted", e);
    }
  }

  private String program(String format, String standard) {
    Config users = settings.users();
    var named = users.getString("gpg", format, "program");
    if (named == null && format.equals("openpgp")) {
      named = users.getString("gpg", null, "program");
    }
    return named == null || named.isEmpty()
        ? standard
        : named.startsWith("~/") ? settings.user().home() + named.substring(1) : named;
  }

  private byte[] gpg(byte[] payload, String identity, String program)
      throws IOException, InterruptedException {
    var key = Optional.ofNullable(settings.all().getString("user", null, "signingkey"));
    var result = run(List.of(program, "--status-fd=2", "-bsau", key.orElse(identity)), payload);
    boolean created = result.err().lines().anyMatch(l -> l.startsWith("[GNUPG:] SIG_CREATED "));
    if (result.status() != 0 || !created || result.out().length == 0) {
      throw failed(program + " ended with " + result.status() + ": " + plain(result.err()), null);
    }
    return result.out();
  }

  private byte[] ssh(byte[] payload, String program) throws IOException, InterruptedException {
    var key = settings.all().getString("user", null, "signingkey");
    if (key == null || key.isEmpty()) {
      key = defaultKey();
    }
    var folder = Files.createTempDirectory("gitvan-sign");
    try {
      var command = new ArrayList<>(List.of(program, "-Y", "sign", "-n", "git", "-f"));
      boolean literal = key.startsWith("key::") || key.startsWith("ssh-");
      if (literal) {
        var file = folder.resolve("key");
        Files.writeString(file, key.replaceFirst("^key::", "") + "\n");
        command.add(file.toString());
        command.add("-U");
      } else {
        command.add(key.startsWith("~/") ? settings.user().home() + key.substring(1) : key);
      }
      var buffer = folder.resolve("buffer");
      Files.write(buffer, payload);
      command.add(buffer.toString());
      var result = run(command, new byte[0]);
      var signature = folder.resolve("buffer.sig");
      if (result.status() != 0 || !Files.exists(signature)) {
        throw failed(program + " ended with " + result.status() + ": " + plain(result.err()), null);
      }
      return Files.readAllBytes(signature);
    } finally {
      for (var name : List.of("key", "buffer", "buffer.sig", "")) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  /** What {@code gpg.ssh.defaultKeyCommand} prints: a program too, so the user's only. */
  private String defaultKey() throws IOException, InterruptedException {
    var command = settings.users().getString("gpg", "ssh", "defaultkeycommand");
    if (command == null || command.isEmpty()) {
      throw failed("user.signingKey is not set", null);
    }
    var result = run(List.of("sh", "-c", command), new byte[0]);
    return new String(result.out(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("key::") || line.startsWith("ssh-"))
        .findFirst()
        .orElseThrow(() -> failed("gpg.ssh.defaultKeyCommand printed no key", null));
  }

  private record Result(int status, byte[] out, String err) {}

  private Result run(List<String> command, byte[] input) throws IOException, InterruptedException {
    var environment = new HashMap<>(settings.user().environment());
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var spec =
        ProcessSpec.builder(command, workingDirectory, environment)
            .input(input.length == 0 ? ProcessInput.empty() : ProcessInput.of(input))
            .output(ProcessOutput.to(out, MAX_OUTPUT))
            .errors(ProcessOutput.to(err, MAX_OUTPUT))
            .timeLimit(LIMIT)
            .usesTerminal()
            .build();
    try (var process = launcher.start(spec)) {
      var exit = process.await();
      return switch (exit.reason()) {
        case EXITED ->
            new Result(exit.status(), out.toByteArray(), err.toString(StandardCharsets.UTF_8));
        case OUTPUT_LIMIT -> throw failed(command.get(0) + " printed too much", null);
        default ->
            throw failed(
                command.get(0) + " did not end within " + LIMIT.toMinutes() + " min", null);
      };
    } catch (NoSuchFileException e) {
      throw failed("there is no program " + e.getMessage(), e);
    }
  }

  private static String plain(String err) {
    var text = err.lines().filter(l -> !l.startsWith("[GNUPG:]")).reduce("", (a, b) -> a + " " + b);
    return text.strip().length() > MAX_ERROR ? text.strip().substring(0, MAX_ERROR) : text.strip();
  }

  private static GitVanException failed(String why, Exception cause) {
    return new GitVanException(
        new Problem(
            Codes.SIGNING_FAILED,
            "commit.gpgSign",
            "Git's configuration requires a signature, which failed: " + why,
            "Check user.signingKey and gpg.program with `git commit -S`, or set commit.gpgSign to"
                + " false."),
        cause);
  }
}
