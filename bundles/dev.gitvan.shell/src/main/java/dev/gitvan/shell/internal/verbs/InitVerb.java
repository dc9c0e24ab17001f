package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console.Style;
import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.git.Git;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gitvan init}: a starter configuration, for what the repository has already. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "init", description = "Write a starter configuration, one job and one template")
@Command(
    name = "init",
    description = {
      "Write a commented starter configuration, one job and one template, which fit the tags and the"
          + " changelog that the repository has.",
      "Existing files are never overwritten."
    })
public final class InitVerb extends VerbSupport implements Callable<Integer> {
  private static final List<String> CONFIGURATIONS = List.of("gitvan.yaml", "gitvan.json");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "yaml",
      description = "yaml or json; default ${DEFAULT-VALUE}")
  private String format;

  private final Git git;

  @Activate
  public InitVerb(@Reference Git git) {
    this.git = git;
  }

  @Override
  public Integer call() {
    if (!List.of("yaml", "json").contains(format)) {
      throw GitVanException.of(
          Codes.USAGE,
          "--format " + format,
          "there is no such format",
          Nearest.sentence(format, List.of("yaml", "json"), "Use yaml or json."));
    }
    var worktree = invocation().worktree();
    var root =
        worktree
            .root()
            .orElseThrow(
                () ->
                    GitVanException.of(
                        Codes.REPO_BARE,
                        worktree.toString(),
                        "a bare repository has no worktree",
                        "Run the command in a clone that has a worktree."));
    var context = context(worktree, root);
    var created = new ArrayList<String>();
    var kept = new ArrayList<String>();
    for (var entry : files().entrySet()) {
      var blocking = blocking(root, entry.getKey());
      if (blocking != null) {
        kept.add(blocking);
      } else if (write(root, entry.getKey(), content(entry.getValue(), context))) {
        created.add(entry.getKey());
      } else {
        kept.add(entry.getKey());
      }
    }
    print(created, kept, context);
    return ExitStatus.OK;
  }

  private StarterContext context(WorktreeId worktree, Path root) {
    try (var repository = git.open(worktree)) {
      return StarterContext.of(root, repository);
    } catch (IOException e) {
      throw FileProblem.of(e, root).toException(e);
    }
  }

  private static byte[] content(String resource, StarterContext context) {
    try (var in = InitVerb.class.getResourceAsStream("starter/" + resource)) {
      var content = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return context.adapt(content).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What to write, by path; the content is a resource of this bundle. */
  private Map<String, String> files() {
    var files = new LinkedHashMap<String, String>();
    files.put(".gitvan/jobs/changelog." + format, "changelog." + format);
    files.put(".gitvan/templates/changelog.md.peb", "changelog.md.peb");
    files.put("gitvan." + format, "gitvan." + format);
    return files;
  }

  /** A file of the other format that would clash with this one; null when there is none. */
  private static String blocking(Path root, String path) {
    var others =
        CONFIGURATIONS.contains(path)
            ? CONFIGURATIONS
            : path.startsWith(".gitvan/jobs/")
                ? List.of(".gitvan/jobs/changelog.yaml", ".gitvan/jobs/changelog.json")
                : List.<String>of();
    return others.stream()
        .filter(other -> !other.equals(path))
        .filter(other -> Files.exists(root.resolve(other), LinkOption.NOFOLLOW_LINKS))
        .findFirst()
        .orElse(null);
  }

  private static boolean write(Path root, String path, byte[] content) {
    var file = root.resolve(path);
    try {
      for (var folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
        if (Files.isSymbolicLink(folder)) {
          throw GitVanException.of(
              Codes.OUTPUT_SYMLINK,
              root.relativize(folder).toString(),
              "is a symbolic link",
              "Replace it with a folder.");
        }
      }
      Files.createDirectories(file.getParent());
      Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return true;
    } catch (FileAlreadyExistsException e) {
      if (e.getFile() != null && !Path.of(e.getFile()).equals(file)) {
        throw GitVanException.of(
            Codes.OUTPUT_NOT_A_FILE,
            e.getFile(),
            "is a file, but must be a folder",
            "Move the file.");
      }
      return false;
    } catch (IOException e) {
      throw FileProblem.of(e, file).toException(e);
    }
  }

  private void print(List<String> created, List<String> kept, StarterContext context) {
    if (console().json()) {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("created", created);
      fields.put("kept", kept);
      fields.put("changelog", context.changelog().orElse(StarterContext.CHANGELOG));
      fields.put("prefix", context.prefix());
      fields.put("next", context.next());
      console().json("gitvan.init.v1", fields);
      return;
    }
    created.forEach(
        path -> console().out().println(console().styled(Style.GOOD, "created") + " " + path));
    kept.forEach(
        path -> console().out().println(console().styled(Style.FAINT, "kept") + "    " + path));
    context
        .changelog()
        .ifPresent(
            path -> console().progress("Found " + path + ": what is written in it will be kept."));
    if (context.releases() > 0) {
      console()
          .progress(
              "Found "
                  + context.releases()
                  + (context.releases() == 1 ? " release" : " releases")
                  + ": tags such as "
                  + context.prefix()
                  + "1.2.0.");
    }
    console().progress("Next: " + context.next());
  }
}
