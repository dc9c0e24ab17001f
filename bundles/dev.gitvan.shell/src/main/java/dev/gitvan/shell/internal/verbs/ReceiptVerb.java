package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console.Style;
import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.spi.ReceiptQuery;
import dev.gitvan.job.spi.RunTransactions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gitvan receipt}: what finished runs left in Git notes. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "receipt", description = "Show what finished runs left in Git notes")
@Command(
    name = "receipt",
    description = {
      "Show what finished runs left in Git notes.",
      "With plain Git: git notes --ref gitvan/results show"
    })
public final class ReceiptVerb extends VerbSupport {
  private final RunTransactions transactions;
  private final Documents documents;

  @Activate
  public ReceiptVerb(@Reference RunTransactions transactions, @Reference Documents documents) {
    this.transactions = transactions;
    this.documents = documents;
  }

  @Command(name = "list", description = "List receipts, the newest first.")
  int list(
      @Option(names = "--job", paramLabel = "JOB", description = "only receipts of this job")
          String job,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "at most so many; default ${DEFAULT-VALUE}")
          int limit,
      @Option(
              names = "--since",
              paramLabel = "WHEN",
              description = "runs that began then or later: 2026-01-31, 2026-01-31T12:00:00Z, 2h")
          String since) {
    if (limit < 1) {
      throw GitVanException.of(
          Codes.USAGE, "--limit " + limit, "the limit is less than 1", "Give a number from 1.");
    }
    var from = since == null ? null : Moments.parse("--since", since);
    var receipts =
        transactions.receipts(invocation().worktree(), new ReceiptQuery(limit, job, from));
    if (console().json()) {
      console()
          .json(
              "gitvan.receipts.v1",
              Map.of("receipts", receipts.stream().map(Receipt::toMap).toList()));
      return ExitStatus.OK;
    }
    if (receipts.isEmpty()) {
      console()
          .progress(
              job == null && from == null ? "no receipts yet" : "no receipts that were asked for");
      return ExitStatus.OK;
    }
    var rows = new ArrayList<List<String>>();
    for (var receipt : receipts) {
      rows.add(
          List.of(
              receipt.id(),
              receipt.job(),
              status(receipt.status()),
              receipt.started().toString(),
              receipt.durationMs() + " ms",
              abbreviated(receipt.commit())));
    }
    console().table(List.of("id", "job", "status", "started", "took", "commit"), rows);
    return ExitStatus.OK;
  }

  @Command(name = "show", description = "Show one receipt.")
  int show(
      @Parameters(paramLabel = "ID", description = "the run's id, or the beginning of it")
          String id) {
    var receipt =
        transactions
            .receipt(invocation().worktree(), id)
            .orElseThrow(
                () ->
                    GitVanException.of(
                        Codes.RECEIPT_NOT_FOUND,
                        id,
                        "there is no such receipt",
                        "See gitvan receipt list."));
    if (console().json()) {
      var fields = new LinkedHashMap<>(receipt.toMap());
      fields.remove("schema");
      console().json(Receipt.SCHEMA, fields);
    } else {
      console().out().println(documents.toPrettyJson(receipt.toMap()));
    }
    return ExitStatus.OK;
  }

  @Command(
      name = "verify",
      description = "Check that receipts parse and that artifacts and commits are what they say.")
  int verify() {
    var check = transactions.verify(invocation().worktree());
    if (console().json()) {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("receipts", check.receipts());
      fields.put("unchecked", check.unchecked());
      fields.put("findings", check.findings().stream().map(Problem::toMap).toList());
      console().json("gitvan.receipt-check.v1", fields);
    } else {
      check.findings().forEach(finding -> console().out().println(finding));
      console()
          .out()
          .println(
              check.receipts()
                  + (check.receipts() == 1 ? " receipt, " : " receipts, ")
                  + (check.findings().isEmpty()
                      ? console().styled(Style.GOOD, "all sound")
                      : console().styled(Style.BAD, findings(check.findings().size())))
                  + (check.unchecked() == 0
                      ? ""
                      : "; " + check.unchecked() + " of commits that are not in this repository"));
    }
    return check.findings().isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
  }

  private static String findings(int count) {
    return count + (count == 1 ? " finding" : " findings");
  }

  private String status(RunStatus status) {
    var style =
        switch (status) {
          case OK -> Style.GOOD;
          case SKIPPED -> Style.FAINT;
          default -> Style.BAD;
        };
    return console().styled(style, status.toString());
  }

  private static String abbreviated(String objectId) {
    return objectId.length() > 7 ? objectId.substring(0, 7) : objectId;
  }
}
