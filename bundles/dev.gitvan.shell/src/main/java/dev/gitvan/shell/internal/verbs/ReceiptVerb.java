package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console.Style;
import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.git.ReceiptSync;
import dev.gitvan.job.Deadline;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.spi.ReceiptQuery;
import dev.gitvan.job.spi.RunTransactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gitvan receipt}: what finished runs left in Git notes. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "receipt", description = "Show the receipts of finished runs")
@Command(
    name = "receipt",
    description = {
      "Show the receipts of finished runs.",
      "With plain Git: git notes --ref gitvan/results show"
    })
public final class ReceiptVerb extends VerbSupport {
  /** Long enough for a large history on a slow line. */
  private static final Duration SYNC_LIMIT = Duration.ofMinutes(10);

  private final RunTransactions transactions;
  private final Documents documents;
  private final ReceiptSync exchange;

  /**
   * @param exchange null: no installed bundle exchanges receipts
   */
  @Activate
  public ReceiptVerb(
      @Reference RunTransactions transactions,
      @Reference Documents documents,
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              target = "(!(gitvan.shared.present=false))")
          ReceiptSync exchange) {
    this.transactions = transactions;
    this.documents = documents;
    this.exchange = exchange;
  }

  @Command(name = "list", description = "List receipts, newest first.")
  int list(
      @Option(names = "--job", paramLabel = "JOB", description = "only receipts of this job")
          String job,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "maximum number of receipts; default: ${DEFAULT-VALUE}")
          int limit,
      @Option(
              names = "--since",
              paramLabel = "WHEN",
              description = "only runs started since then: 2026-01-31, 2026-01-31T12:00:00Z, 2h")
          String since) {
    if (limit < 1) {
      throw GitVanException.of(
          Codes.USAGE, "--limit " + limit, "the limit is less than 1", "Pass 1 or more.");
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
      console().progress(job == null && from == null ? "no receipts yet" : "no matching receipts");
      return ExitStatus.OK;
    }
    var rows = new ArrayList<List<String>>();
    for (var receipt : receipts) {
      rows.add(
          List.of(
              receipt.id(),
              receipt.job(),
              status(receipt.status()),
              Moments.format(receipt.started()),
              receipt.durationMs() + " ms",
              abbreviated(receipt.commit())));
    }
    console().table(List.of("id", "job", "status", "started", "took", "commit"), rows);
    return ExitStatus.OK;
  }

  @Command(name = "show", description = "Show one receipt.")
  int show(@Parameters(paramLabel = "ID", description = "run id, or its beginning") String id) {
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
      name = "sync",
      description = {
        "Exchange receipts with a remote: fetch its receipts and merge them with the local ones.",
        "The first sync also configures Git so that receipts follow their commits: the remote's fetch"
            + " refspec, and notes.rewriteRef for amended and rebased commits."
      })
  int sync(
      @Parameters(
              arity = "0..1",
              paramLabel = "REMOTE",
              defaultValue = "",
              description = "name, URL or path of the remote; default: that of git fetch")
          String remote,
      @Option(names = "--push", description = "also send local receipts to the remote")
          boolean push,
      @Option(names = "--dry-run", description = "print what would be done, without doing it")
          boolean dryRun) {
    if (exchange == null) {
      throw GitVanException.of(
          Codes.NO_TRANSACTION,
          "gitvan receipt sync",
          "no installed bundle exchanges receipts",
          "Install a bundle such as dev.gitvan.git.jgit; gitvan diag shows what is missing.");
    }
    if (dryRun) {
      invocation().dryRun();
    }
    var report =
        exchange.sync(
            invocation().worktree(),
            new ReceiptSync.Request(remote, push, dryRun),
            new ReceiptSync.Caller(invocation().environment(), Deadline.in(SYNC_LIMIT)));
    if (console().json()) {
      console().json("gitvan.receipt-sync.v1", map(report, dryRun));
    } else {
      print(report, push, dryRun);
    }
    return ExitStatus.OK;
  }

  private static Map<String, Object> map(ReceiptSync.Report report, boolean dryRun) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("remote", report.remote());
    fields.put("dryRun", dryRun);
    fields.put("configured", report.configured());
    fields.put("received", report.received());
    fields.put("sent", report.sent());
    fields.put("state", report.state().name().toLowerCase(Locale.ROOT));
    return fields;
  }

  private void print(ReceiptSync.Report report, boolean push, boolean dryRun) {
    var out = console().out();
    report.configured().forEach(set -> out.println((dryRun ? "would set " : "set ") + set));
    out.println(
        report.remote()
            + (dryRun ? ": would receive " : ": received ")
            + report.received()
            + (push ? (dryRun ? ", would send " : ", sent ") + report.sent() : ""));
    switch (report.state()) {
      case SAME -> out.println("both have the same receipts");
      case AHEAD -> out.println("the remote lacks local receipts; --push sends them");
      case BEHIND -> out.println("the remote has receipts that are missing here");
      case DIVERGED -> out.println("both sides have receipts that the other lacks");
    }
  }

  @Command(
      name = "verify",
      description = "Check that receipts can be parsed and match their artifacts and commits.")
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
                      ? console().styled(Style.GOOD, "all valid")
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
