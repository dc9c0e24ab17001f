package dev.gitvan.config.internal.document;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.document.Node;
import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;

/** The reader and writer of documents. */
@Component(service = SharedService.class)
@GitVanSharedService(type = Documents.class)
public final class DocumentsService implements Documents, SharedService {
  /** Documents from memory came past somebody's own limit already. */
  private static final Limits IN_MEMORY = Limits.configuration(Long.MAX_VALUE);

  private static final String INPUT = "input";

  @Override
  public Node read(Path file, String name, long maxBytes) {
    var limits = Limits.configuration(maxBytes);
    return parse(RegularFile.read(file, name, limits), name, syntax(file), limits);
  }

  @Override
  public Node parse(byte[] bytes, String name, Syntax syntax) {
    return parse(bytes, name, syntax, IN_MEMORY);
  }

  @Override
  public Object readData(Path file, String name) {
    var limits = Limits.data();
    var bytes = RegularFile.read(file, name, limits);
    return syntax(file) == Syntax.JSON
        ? JsonValues.read(DocumentText.decode(bytes, name), name, limits)
        : parse(bytes, name, Syntax.YAML, limits).value();
  }

  @Override
  public Node parseData(byte[] bytes, String name, Syntax syntax) {
    return parse(bytes, name, syntax, Limits.data());
  }

  @Override
  public Object scalar(String text) {
    var limits = Limits.data();
    if (text.length() > limits.maxBytes()) {
      throw RegularFile.tooLarge(INPUT, limits);
    }
    var stripped = text.strip();
    if (stripped.isEmpty()) {
      return text;
    }
    try {
      return switch (stripped.charAt(0)) {
        case '[', '{' -> YamlReader.read(stripped, INPUT, limits).value();
        case '"', '\'' ->
            YamlReader.read(stripped, INPUT, limits) instanceof Node.Scalar quoted
                ? quoted.value()
                : text;
        default -> {
          var value = CoreSchema.resolve(stripped);
          yield value instanceof String ? text : value;
        }
      };
    } catch (CoreSchema.UnfitNumber e) {
      return text;
    } catch (GitVanException e) {
      if (e.code().equals(Codes.CONFIG_PARSE) || e.code().equals(Codes.CONFIG_ENCODING)) {
        return text;
      }
      throw e;
    }
  }

  @Override
  public String toJson(Object value) {
    return JsonWriter.write(value, false);
  }

  @Override
  public String toPrettyJson(Object value) {
    return JsonWriter.write(value, true);
  }

  private static Syntax syntax(Path file) {
    return Syntax.of(String.valueOf(file.getFileName()));
  }

  private static Node parse(byte[] bytes, String name, Syntax syntax, Limits limits) {
    if (bytes.length > limits.maxBytes()) {
      throw RegularFile.tooLarge(name, limits);
    }
    var text = DocumentText.decode(bytes, name);
    return switch (syntax) {
      case YAML -> YamlReader.read(text, name, limits);
      case JSON -> JsonReader.read(text, name, limits);
    };
  }
}
