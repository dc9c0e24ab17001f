package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Excerpt;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.process.ProcessInput;
import dev.gitvan.process.ProcessLauncher;
import dev.gitvan.process.ProcessOutput;
import dev.gitvan.process.ProcessSpec;
import java.io.ByteArrayOutputStream;
import java.io.File;
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
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * Signs commits and tags as Git does, with OpenPGP, X.509 or SSH. Which program runs is read from
 * the user's and the system's configuration only; a repository can ask for a signature, and name a
 * key, but not what is executed.
 */
final class Signer {
  /** Somebody may have to type a passphrase. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final Set<String> GNUPG = Set.of("gpg", "gpg2", "gpgsm");

  /** The status line of GnuPG for a key that it does not have. */
  private static final String NO_KEY = "[GNUPG:] ERROR keylist.getkey ";

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

  /** The setting by which commits are signed; empty when they are not. */
  Optional<String> commitSetting() {
    return Stream.of("commit.gpgSign").filter(this::isSet).findFirst();
  }

  /** The setting by which annotated tags are signed; empty when they are not. */
  Optional<String> tagSetting() {
    return Stream.of("tag.gpgSign", "tag.forceSignAnnotated").filter(this::isSet).findFirst();
  }

  private boolean isSet(String setting) {
    int dot = setting.indexOf('.');
    return settings
        .all()
        .getBoolean(setting.substring(0, dot), null, setting.substring(dot + 1), false);
  }

  /**
   * Signs an object's content.
   *
   * @param signer by whose name and address a key is found where none is configured
   * @param setting that asks for the signature
   * @return the armoured signature
   * @throws GitVanException {@code SIGNING_FAILED}
   */
  byte[] sign(byte[] payload, PersonIdent signer, String setting) {
    return attempt(
        setting,
        () ->
            switch (format()) {
              case "openpgp", "x509" -> gpg(payload, identity(signer));
              case "ssh" -> ssh(payload);
              default -> throw unknownFormat();
            });
  }

  /**
   * Checks that the program and the key are there, without a signature: nobody is asked for a
   * passphrase. What only signing can show is left to it.
   *
   * @throws GitVanException {@code SIGNING_FAILED}
   */
  void require(PersonIdent signer, String setting) {
    attempt(
        setting,
        () -> {
          switch (format()) {
            case "openpgp", "x509" -> requireGpgKey(identity(signer));
            case "ssh" -> requireSshKey();
            default -> throw unknownFormat();
          }
          return null;
        });
  }

  private String format() {
    return Optional.ofNullable(settings.all().getString("gpg", null, "format")).orElse("openpgp");
  }

  private Failure unknownFormat() {
    return new Failure("gpg.format `" + format() + "` is not known", null);
  }

  private static String identity(PersonIdent person) {
    return person.getName() + " <" + person.getEmailAddress() + ">";
  }

  /** Why there is no signature. */
  private static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String why, Exception cause) {
      super(why, cause);
    }
  }

  private interface Call<T> {
    T run() throws IOException, InterruptedException, Failure;
  }

  private static <T> T attempt(String setting, Call<T> call) {
    try {
      return call.run();
    } catch (IOException | Failure e) {
      throw failed(setting, e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(setting, "it was interrupted", e);
    }
  }

  private String program() {
    return switch (format()) {
      case "x509" -> program("x509", "gpgsm");
      case "ssh" -> program("ssh", "ssh-keygen");
      default -> program("openpgp", "gpg");
    };
  }

  private String program(String format, String standard) {
    Config users = settings.users();
    var named = users.getString("gpg", format, "program");
    if (named == null && format.equals("openpgp")) {
      named = users.getString("gpg", null, "program");
    }
    return named == null || named.isEmpty() ? standard : expanded(named);
  }

  private String gpgKey(String identity) {
    var key = settings.all().getString("user", null, "signingkey");
    return key == null ? identity : key;
  }

  private byte[] gpg(byte[] payload, String identity)
      throws IOException, InterruptedException, Failure {
    var program = program();
    var result = run(List.of(program, "--status-fd=2", "-bsau", gpgKey(identity)), payload);
    boolean created = result.err().lines().anyMatch(l -> l.startsWith("[GNUPG:] SIG_CREATED "));
    if (result.status() != 0 || !created || result.out().length == 0) {
      throw ended(program, result);
    }
    return result.out();
  }

  /**
   * Only GnuPG is asked for its keys: another program of the user's may understand nothing but a
   * request to sign.
   */
  private void requireGpgKey(String identity) throws IOException, InterruptedException, Failure {
    var program = requireProgram();
    if (GNUPG.contains(Path.of(program).getFileName().toString())) {
      var key = gpgKey(identity);
      var result =
          run(List.of(program, "--status-fd=2", "--batch", "--list-secret-keys", key), new byte[0]);
      if (result.err().lines().anyMatch(line -> line.startsWith(NO_KEY))) {
        throw new Failure(program + " has no secret key for " + key, null);
      }
    }
  }

  private void requireSshKey() throws IOException, InterruptedException, Failure {
    requireProgram();
    var key = sshKey();
    if (!isLiteral(key) && !Files.exists(workingDirectory.resolve(expanded(key)))) {
      throw new Failure("there is no key file " + key, null);
    }
  }

  /** The program, which must be a file that can be executed. */
  private String requireProgram() throws Failure {
    var program = program();
    var folders =
        program.contains("/")
            ? List.of(workingDirectory.toString())
            : List.of(settings.user().variable("PATH").orElse("").split(File.pathSeparator));
    for (var folder : folders) {
      var file = workingDirectory.resolve(folder).resolve(program);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return program;
      }
    }
    throw new Failure("there is no program " + program, null);
  }

  private String expanded(String path) {
    return path.startsWith("~/") ? settings.user().home() + path.substring(1) : path;
  }

  private static boolean isLiteral(String key) {
    return key.startsWith("key::") || key.startsWith("ssh-");
  }

  private String sshKey() throws IOException, InterruptedException, Failure {
    var key = settings.all().getString("user", null, "signingkey");
    return key == null || key.isEmpty() ? defaultKey() : key;
  }

  private byte[] ssh(byte[] payload) throws IOException, InterruptedException, Failure {
    var program = program();
    var key = sshKey();
    var folder = Files.createTempDirectory("gitvan-sign");
    try {
      var command = new ArrayList<>(List.of(program, "-Y", "sign", "-n", "git", "-f"));
      if (isLiteral(key)) {
        var file = folder.resolve("key");
        Files.writeString(file, key.replaceFirst("^key::", "") + "\n");
        command.add(file.toString());
        command.add("-U");
      } else {
        command.add(expanded(key));
      }
      var buffer = folder.resolve("buffer");
      Files.write(buffer, payload);
      command.add(buffer.toString());
      var result = run(command, new byte[0]);
      var signature = folder.resolve("buffer.sig");
      if (result.status() != 0 || !Files.exists(signature)) {
        throw ended(program, result);
      }
      return Files.readAllBytes(signature);
    } finally {
      for (var name : List.of("key", "buffer", "buffer.sig", "")) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  /** What {@code gpg.ssh.defaultKeyCommand} prints: a program too, so the user's only. */
  private String defaultKey() throws IOException, InterruptedException, Failure {
    var command = settings.users().getString("gpg", "ssh", "defaultkeycommand");
    if (command == null || command.isEmpty()) {
      throw new Failure("user.signingKey is not set", null);
    }
    var result = run(List.of("sh", "-c", command), new byte[0]);
    return new String(result.out(), StandardCharsets.UTF_8)
        .lines()
        .filter(Signer::isLiteral)
        .findFirst()
        .orElseThrow(() -> new Failure("gpg.ssh.defaultKeyCommand printed no key", null));
  }

  private record Result(int status, byte[] out, String err) {}

  private Result run(List<String> command, byte[] input)
      throws IOException, InterruptedException, Failure {
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
        case OUTPUT_LIMIT -> throw new Failure(command.get(0) + " printed too much", null);
        default ->
            throw new Failure(
                command.get(0) + " did not end within " + LIMIT.toMinutes() + " min", null);
      };
    } catch (NoSuchFileException e) {
      throw new Failure("there is no program " + e.getMessage(), e);
    }
  }

  private static Failure ended(String program, Result result) {
    return new Failure(
        program + " ended with " + result.status() + ": " + plain(result.err()), null);
  }

  private static String plain(String err) {
    var text = err.lines().filter(l -> !l.startsWith("[GNUPG:]")).reduce("", (a, b) -> a + " " + b);
    return Excerpt.of(text.strip(), MAX_ERROR);
  }

  private static GitVanException failed(String setting, String why, Exception cause) {
    return new GitVanException(
        new Problem(
            Codes.SIGNING_FAILED,
            setting,
            "Git's configuration requires a signature, which failed: " + why,
            "Check user.signingKey and gpg.program with `git "
                + (setting.startsWith("tag.") ? "tag -s" : "commit -S")
                + "`, or set "
                + setting
                + " to false."),
        cause);
  }
}
