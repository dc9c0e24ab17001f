package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console.Style;
import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCatalog;
import dev.gitvan.diagnostics.ErrorListing;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gitvan error}: the error codes and what they mean; {@code gitvan help CODE} shows one. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "error", description = "Explain error codes")
@Command(name = "error", description = "Explain the error codes of GitVan and of plugins.")
public final class ErrorVerb extends VerbSupport {
  private static final List<String> HEADER = List.of("code", "exit", "retry", "from", "meaning");

  private final ErrorCatalog errors;

  @Activate
  public ErrorVerb(@Reference ErrorCatalog errors) {
    this.errors = errors;
  }

  @Command(name = "list", description = "List all codes with their exit statuses.")
  int list() {
    var all = errors.list();
    if (console().json()) {
      var codes = all.stream().map(ErrorVerb::fields).toList();
      console().json("gitvan.error-codes.v1", Map.of("codes", codes));
    } else {
      console().table(HEADER, all.stream().map(this::row).toList());
    }
    return ExitStatus.OK;
  }

  @Command(name = "show", description = "Explain one code.")
  int show(@Parameters(paramLabel = "CODE", description = "the code") String code) {
    var listing = find(code);
    if (console().json()) {
      console().json("gitvan.error-code.v1", fields(listing));
      return ExitStatus.OK;
    }
    var out = console().out();
    out.println(console().styled(Style.HEADING, listing.code().name()));
    out.println(listing.code().meaning());
    line("exit", String.valueOf(listing.code().exitStatus()));
    line("retry", retry(listing));
    line("from", from(listing));
    return ExitStatus.OK;
  }

  private ErrorListing find(String code) {
    return errors
        .find(code.toUpperCase(Locale.ROOT))
        .orElseThrow(
            () ->
                GitVanException.of(
                    Codes.CODE_NOT_FOUND,
                    code,
                    "there is no such error code",
                    Nearest.sentence(
                        code.toUpperCase(Locale.ROOT),
                        errors.list().stream().map(listing -> listing.code().name()).toList(),
                        "See gitvan error list.")));
  }

  private void line(String name, String value) {
    console()
        .out()
        .println("  " + console().styled(Style.FAINT, String.format("%-5s", name)) + " " + value);
  }

  private List<String> row(ErrorListing listing) {
    return List.of(
        listing.code().name(),
        String.valueOf(listing.code().exitStatus()),
        retry(listing),
        console().styled(Style.FAINT, from(listing)),
        listing.code().meaning());
  }

  private static String from(ErrorListing listing) {
    return listing.bundle().isEmpty() ? "gitvan" : listing.bundle();
  }

  private static String retry(ErrorListing listing) {
    return listing.code().retryable() ? "yes" : "no";
  }

  private static Map<String, Object> fields(ErrorListing listing) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("code", listing.code().name());
    fields.put("exitStatus", listing.code().exitStatus());
    fields.put("retry", listing.code().retryable());
    fields.put("meaning", listing.code().meaning());
    fields.put("bundle", listing.bundle());
    return fields;
  }
}
