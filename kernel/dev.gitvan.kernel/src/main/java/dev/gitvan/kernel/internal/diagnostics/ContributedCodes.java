package dev.gitvan.kernel.internal.diagnostics;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCatalog;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.ErrorListing;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.diagnostics.spi.ErrorCodes;
import dev.gitvan.diagnostics.spi.GitVanErrorCodes;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.ExtensionPointSpec;
import dev.gitvan.extension.ExtensionRegistry;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.kernel.internal.Contributions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** GitVan's codes, and those that bundles contribute. */
@Component(service = {ErrorCatalog.class, RejectionSource.class})
public final class ContributedCodes implements ErrorCatalog, RejectionSource {
  private static final String REGISTRY = "error-codes";
  private static final String PREFIX = GitVanErrorCodes.PREFIX_ + "prefix";
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final ExtensionPoint<ErrorCodes, String> point;
  private final Duration limit;
  private volatile Snapshot snapshot = Snapshot.EMPTY;

  /**
   * What the bundles have contributed.
   *
   * @param list what the extension point listed
   * @param byName those that are accepted
   */
  private record Snapshot(
      List<Extension<ErrorCodes, String>> list,
      Map<String, ErrorListing> byName,
      List<Rejection> rejections) {
    static final Snapshot EMPTY = new Snapshot(List.of(), Map.of(), List.of());
  }

  @Activate
  public ContributedCodes(@Reference ExtensionRegistry registry) {
    this.limit = LIMIT;
    this.point =
        registry.open(
            ExtensionPointSpec.of(
                    REGISTRY, ErrorCodes.class, ContributedCodes::prefix, prefix -> prefix)
                .onChange(this::forget));
  }

  ContributedCodes(ExtensionPoint<ErrorCodes, String> point, Duration limit) {
    this.point = point;
    this.limit = limit;
  }

  @Deactivate
  void close() {
    point.close();
  }

  /** Keeps nothing of a bundle that may be gone; the next question asks the others again. */
  private void forget() {
    snapshot = Snapshot.EMPTY;
  }

  static String prefix(Map<String, Object> properties) throws InvalidExtensionException {
    if (properties.get(PREFIX) instanceof String prefix && ErrorCode.isName(prefix)) {
      return prefix;
    }
    throw new InvalidExtensionException(
        "PREFIX_INVALID", "@GitVanErrorCodes needs a prefix of upper-case letters, such as ACME");
  }

  @Override
  public List<ErrorListing> list() {
    var all = new ArrayList<ErrorListing>();
    Codes.all().forEach(code -> all.add(new ErrorListing(code, "")));
    all.addAll(current().byName().values());
    return all;
  }

  @Override
  public Optional<ErrorListing> find(String name) {
    return Codes.find(name)
        .map(code -> new ErrorListing(code, ""))
        .or(() -> Optional.ofNullable(current().byName().get(name)));
  }

  @Override
  public List<Rejection> rejections() {
    var all = new ArrayList<>(point.rejections());
    all.addAll(current().rejections());
    return all;
  }

  private Snapshot current() {
    var list = point.list();
    var now = snapshot;
    if (now.list() != list) {
      now = read(list);
      if (!Thread.currentThread().isInterrupted()) {
        // Else the contributions may not have been asked to the end.
        snapshot = now;
      }
    }
    return now;
  }

  private Snapshot read(List<Extension<ErrorCodes, String>> list) {
    var byName = new TreeMap<String, ErrorListing>();
    var rejections = new ArrayList<Rejection>();
    var answers = point.callAll(list, codes -> List.copyOf(codes.codes()), limit);
    for (int i = 0; i < list.size(); i++) {
      var contribution = list.get(i);
      var answer = answers.get(i);
      if (answer.failure() == null) {
        for (var code : answer.value()) {
          accept(contribution, code, byName).ifPresent(rejections::add);
        }
      } else if (!answer.isGone()) {
        rejections.add(failed(contribution, answer.failure()));
      }
    }
    return new Snapshot(list, byName, rejections);
  }

  /** Adds a code; returns why not, if it cannot have its name. */
  private static Optional<Rejection> accept(
      Extension<ErrorCodes, String> contribution,
      ErrorCode code,
      Map<String, ErrorListing> byName) {
    if (Codes.find(code.name()).isPresent()) {
      return Optional.of(
          rejection(
              contribution,
              code.name(),
              Contributions.NAME_OWNED,
              code + " is a code of GitVan's own"));
    }
    if (!code.name().startsWith(contribution.name() + "_")) {
      return Optional.of(
          rejection(
              contribution,
              code.name(),
              "NAME_INVALID",
              code + " does not start with " + contribution.name() + "_"));
    }
    var owner = byName.putIfAbsent(code.name(), new ErrorListing(code, contribution.bundle()));
    return owner == null
        ? Optional.empty()
        : Optional.of(
            rejection(
                contribution,
                code.name(),
                Contributions.SHADOWED,
                owner.bundle() + " contributes it already"));
  }

  private static Rejection failed(Extension<ErrorCodes, String> contribution, Throwable failure) {
    return rejection(
        contribution,
        contribution.name(),
        "CODES_FAILED",
        failure instanceof TimeoutException
            ? "its codes() hangs: " + failure.getMessage()
            : "its codes() failed with " + failure);
  }

  private static Rejection rejection(
      Extension<ErrorCodes, String> contribution, String name, String code, String reason) {
    return new Rejection(REGISTRY, name, contribution.bundle(), code, reason);
  }
}
