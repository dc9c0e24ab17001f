package org.example.greeting;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobOrigin;
import dev.gitvan.job.StandardStream;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.JobSource;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Jobs from the file {@code phrases.txt} of a worktree: a job {@code NAME = PHRASE} a line. */
@Component
public class PhraseBook implements JobSource {
  private static final String FILE = "phrases.txt";

  @Override
  public List<Found> jobs(WorktreeId worktree, Configuration configuration) {
    var jobs = new ArrayList<Found>();
    int number = 0;
    for (var line : lines(worktree)) {
      number++;
      if (!line.isBlank()) {
        jobs.add(job(line, FILE + ":" + number));
      }
    }
    return jobs;
  }

  private static List<String> lines(WorktreeId worktree) {
    var file = worktree.root().map(root -> root.resolve(FILE));
    if (file.isEmpty() || !Files.isRegularFile(file.get())) {
      return List.of();
    }
    try {
      return Files.readAllLines(file.get());
    } catch (IOException e) {
      throw FileProblem.of(e, Path.of(FILE)).toException(e);
    }
  }

  private static Found job(String line, String place) {
    var parts = line.split("=", 2);
    var name = parts[0].strip();
    var origin = new JobOrigin(JobOrigin.Kind.FILE, place);
    if (parts.length < 2 || !JobDefinition.isName(name)) {
      var problem =
          new Problem(
              GreetingCodes.PHRASE, place, "not a phrase", "Write NAME = PHRASE on a line.");
      return new Found.Invalid(name, origin, List.of(problem));
    }
    var phrase = parts[1].strip();
    var fingerprint = sha256(name + "=" + phrase);
    var definition =
        JobDefinition.builder(name, origin, fingerprint)
            .description(phrase)
            .build();
    Job body =
        context -> {
          context.print(StandardStream.OUT, phrase);
          return JobResult.ok(phrase);
        };
    return new Found.Valid(definition, body);
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
