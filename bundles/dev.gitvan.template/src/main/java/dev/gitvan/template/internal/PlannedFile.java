package dev.gitvan.template.internal;

import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Place;
import dev.gitvan.template.PlanResult.Action;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Force;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Position;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Text;
import dev.gitvan.template.internal.history.ChangelogMerge;
import dev.gitvan.template.internal.history.ChangelogMerge.MergeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One file of a plan, and what is to become of it. */
final class PlannedFile {
  /** Of a file that is injected into: it is held in memory. */
  private static final int MAX_BYTES = 8 << 20;

  private final OutputFile file;
  private final List<Edit> edits = new ArrayList<>();

  PlannedFile(OutputFile file) {
    this.file = file;
  }

  /** One thing that is done to the file. */
  sealed interface Edit {
    /** Where the plan says so. */
    Place place();
  }

  /** The output becomes the file's content. */
  record Write(Place place, Force force) implements Edit {}

  /**
   * The output is put into the file.
   *
   * @param markers rendered
   */
  record Inject(Place place, Position position, List<Text> markers) implements Edit {}

  /**
   * What the file becomes.
   *
   * @param content null: it is left alone
   * @param refusal thrown if that would change anything; else null
   */
  record Produced(Action action, OutputFile.Bytes content, GitVanException refusal) {}

  OutputFile file() {
    return file;
  }

  void add(Edit edit) {
    edits.add(edit);
  }

  /** Where the plan names it first. */
  Place place() {
    return edits.get(0).place();
  }

  /** Finds what the file becomes. Rendering happens when the content is asked for. */
  Produced produce(RenderedBody body) {
    if (edits.size() == 1 && edits.get(0) instanceof Write write) {
      return written(write, body);
    }
    return edited(body);
  }

  private Produced written(Write write, RenderedBody body) {
    boolean exists = file.exists();
    if (write.force() == Force.MERGE) {
      var merged = merged(write, existing().orElse(new byte[0]), body);
      return new Produced(exists ? Action.UPDATED : Action.CREATED, out -> out.write(merged), null);
    }
    if (!exists) {
      return new Produced(Action.CREATED, body.streamed(), null);
    }
    return switch (write.force()) {
      case SKIP -> new Produced(Action.SKIPPED, null, null);
      case OVERWRITE -> new Produced(Action.UPDATED, body.streamed(), null);
      case APPEND -> new Produced(Action.APPENDED, appended(body.held()), null);
      case ERROR -> new Produced(Action.UPDATED, body.streamed(), exists(write));
      case MERGE -> throw new IllegalStateException("merged above");
    };
  }

  private byte[] merged(Write write, byte[] content, RenderedBody body) {
    try {
      return ChangelogMerge.merge(content, body.held());
    } catch (MergeException e) {
      throw switch (e.reason()) {
        case NO_SECTION ->
            GitVanException.of(
                Codes.TEMPLATE_FAILED,
                write.place().toString(),
                e.getMessage().isEmpty()
                    ? "the output has no section of a changelog"
                    : "the first section of the changelog, \""
                        + e.getMessage()
                        + "\", has no version",
                "Write a heading such as ## Unreleased or ## 1.2.0, or another value of force.");
        case RELEASED ->
            GitVanException.of(
                Codes.REF_EXISTS,
                write.place().toString(),
                e.getMessage() + " has been released: it has a tag",
                "Choose the next version.");
        case MARKER ->
            GitVanException.of(
                Codes.OUTPUT_MARKER_NOT_FOUND,
                write.place().toString(),
                file.path() + " has only one of the two comments around the generated lines",
                "Add the line " + e.getMessage() + ", or remove the other one.");
      };
    }
  }

  private GitVanException exists(Write write) {
    return GitVanException.of(
        Codes.OUTPUT_EXISTS,
        write.place().toString(),
        file.path() + " already exists with different content",
        "Set force to overwrite, append, skip or merge, or remove the file.");
  }

  /** The file, and behind it the text, unless it ends with that. */
  private OutputFile.Bytes appended(byte[] text) {
    return out -> {
      var tail = new Tail(out, text.length);
      file.copyTo(tail);
      if (tail.size() == 0 || !Arrays.equals(tail.bytes(), text)) {
        if (tail.size() > 0 && text.length > 0 && tail.last() != '\n') {
          out.write('\n');
        }
        out.write(text);
      }
    };
  }

  /** Several edits, or an injection: worked out in memory. */
  private Produced edited(RenderedBody body) {
    var before = existing().orElse(null);
    var content = before;
    for (var edit : edits) {
      content =
          edit instanceof Inject inject
              ? injected(inject, content, body)
              : overwritten((Write) edit, content, body);
    }
    var result = content;
    return new Produced(
        before == null ? Action.CREATED : Action.INJECTED, out -> out.write(result), null);
  }

  /** The file's content, which is held in memory. */
  private Optional<byte[]> existing() {
    var content = file.existing(MAX_BYTES + 1);
    if (content.isPresent() && content.get().length > MAX_BYTES) {
      throw GitVanException.of(
          Codes.TEMPLATE_OUTPUT_LIMIT,
          place().toString(),
          file.path()
              + " is over "
              + Quantities.format(MAX_BYTES)
              + ", the limit for injections and merges",
          "Use a smaller file.");
    }
    return content;
  }

  private byte[] overwritten(Write write, byte[] content, RenderedBody body) {
    if (write.force() == Force.MERGE) {
      return merged(write, content == null ? new byte[0] : content, body);
    }
    if (content == null || write.force() == Force.OVERWRITE) {
      return body.held();
    }
    return switch (write.force()) {
      case SKIP -> content;
      case APPEND -> inMemory(appended(body.held()));
      default -> throw exists(write);
    };
  }

  private byte[] inMemory(OutputFile.Bytes bytes) {
    var out = new java.io.ByteArrayOutputStream();
    try {
      bytes.writeTo(out);
    } catch (IOException e) {
      throw file.failure(e);
    }
    return out.toByteArray();
  }

  private byte[] injected(Inject inject, byte[] content, RenderedBody body) {
    if (content == null) {
      throw GitVanException.of(
          Codes.OUTPUT_NOT_FOUND,
          inject.place().toString(),
          "there is no file " + file.path() + " to inject into",
          "Create it, or correct into.");
    }
    try {
      return Injector.inject(
              content,
              body.held(),
              inject.position(),
              inject.markers().stream().map(Text::text).toList())
          .orElse(content);
    } catch (Injector.MarkerException e) {
      throw marker(inject.markers().get(e.marker()), e);
    }
  }

  private GitVanException marker(Text marker, Injector.MarkerException failure) {
    if (failure.isInText()) {
      return GitVanException.of(
          Codes.TEMPLATE_FAILED,
          marker.place().toString(),
          "the output itself has the marker \"" + marker.text() + '"',
          "Choose a marker that occurs only in the file.");
    }
    return GitVanException.of(
        Codes.OUTPUT_MARKER_NOT_FOUND,
        marker.place().toString(),
        "no line of " + file.path() + " has the marker \"" + marker.text() + '"',
        "Add such a line to the file, or correct the marker.");
  }
}
