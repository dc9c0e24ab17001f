package dev.gitvan.kernel.internal.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.ErrorListing;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.spi.ErrorCodes;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.testkit.FakeExtensionPoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ContributedCodesTest {
  private static final ErrorCode DOWN = code("ACME_DOWN");

  private final FakeExtensionPoint<ErrorCodes, String> point = new FakeExtensionPoint<>();
  private final ContributedCodes catalog = new ContributedCodes(point, Duration.ofSeconds(50));

  private static ErrorCode code(String name) {
    return ErrorCode.of(name, ExitStatus.BUSY, "An example.");
  }

  private void add(String bundle, String prefix, ErrorCodes codes) {
    point.add(bundle, prefix, prefix, () -> codes);
  }

  private List<String> rejections() {
    return catalog.rejections().stream()
        .map(r -> r.contribution() + " of " + r.bundle() + ": " + r.code() + " " + r.reason())
        .toList();
  }

  @Test
  void listsGitVansCodesAndThenThoseOfBundlesByName() {
    add("org.example.b 1.0.0", "B", () -> List.of(code("B_TWO"), code("B_ONE")));
    add("org.example.acme 1.0.0", "ACME", () -> List.of(DOWN));

    assertThat(catalog.list())
        .startsWith(new ErrorListing(Codes.USAGE, ""))
        .endsWith(
            new ErrorListing(Codes.INTERNAL, ""),
            new ErrorListing(DOWN, "org.example.acme 1.0.0"),
            new ErrorListing(code("B_ONE"), "org.example.b 1.0.0"),
            new ErrorListing(code("B_TWO"), "org.example.b 1.0.0"))
        .hasSize(Codes.all().size() + 3);
    assertThat(catalog.rejections()).isEmpty();
  }

  @Test
  void findsByName() {
    add("org.example.acme 1.0.0", "ACME", () -> List.of(DOWN));

    assertThat(catalog.find("REPO_LOCKED")).contains(new ErrorListing(Codes.REPO_LOCKED, ""));
    assertThat(catalog.find("ACME_DOWN")).get().extracting(ErrorListing::code).isSameAs(DOWN);
    assertThat(catalog.find("ACME_UP")).isEmpty();
  }

  @Test
  void forgetsTheCodesOfABundleThatIsGone() {
    var acme = point.add("ACME", "ACME", (ErrorCodes) () -> List.of(DOWN));
    assertThat(catalog.find("ACME_DOWN")).isPresent();
    point.remove(acme);
    assertThat(catalog.find("ACME_DOWN")).isEmpty();
  }

  @Test
  void asksEachContributionOnce() {
    var calls = new AtomicInteger();
    add(
        "org.example.acme 1.0.0",
        "ACME",
        () -> {
          calls.incrementAndGet();
          return List.of(DOWN);
        });
    catalog.list();
    catalog.find("ACME_DOWN");
    catalog.rejections();
    assertThat(calls).hasValue(1);
  }

  @Test
  void rejectsNamesThatAreTakenAndKeepsTheOthers() {
    add("org.example.acme 1.0.0", "ACME", () -> List.of(DOWN));
    add("org.example.copy 1.0.0", "ACME", () -> List.of(code("ACME_DOWN"), code("ACME_UP")));
    add("org.example.evil 1.0.0", "REPO", () -> List.of(code("REPO_LOCKED")));

    assertThat(rejections())
        .containsExactly(
            "ACME_DOWN of org.example.copy 1.0.0: SHADOWED"
                + " org.example.acme 1.0.0 contributes it already",
            "REPO_LOCKED of org.example.evil 1.0.0: NAME_OWNED"
                + " REPO_LOCKED is a code of GitVan's own");
    assertThat(catalog.find("ACME_DOWN")).get().extracting(ErrorListing::code).isSameAs(DOWN);
    assertThat(catalog.find("ACME_UP")).isPresent();
    assertThat(catalog.find("REPO_LOCKED")).contains(new ErrorListing(Codes.REPO_LOCKED, ""));
  }

  @Test
  void rejectsNamesWithoutThePrefix() {
    add("org.example.acme 1.0.0", "ACME", () -> List.of(code("ACMEDOWN"), DOWN));
    assertThat(rejections())
        .containsExactly(
            "ACMEDOWN of org.example.acme 1.0.0: NAME_INVALID"
                + " ACMEDOWN does not start with ACME_");
    assertThat(catalog.find("ACMEDOWN")).isEmpty();
    assertThat(catalog.find("ACME_DOWN")).isPresent();
  }

  @Test
  void rejectsContributionsThatFail() {
    add("org.example.lazy 1.0.0", "LAZY", () -> null);
    add("org.example.bad 1.0.0", "BAD", () -> List.of(code("bad")));
    add("org.example.acme 1.0.0", "ACME", () -> List.of(DOWN));

    assertThat(catalog.rejections())
        .extracting(Rejection::contribution, Rejection::code)
        .containsExactly(tuple("LAZY", "CODES_FAILED"), tuple("BAD", "CODES_FAILED"));
    assertThat(catalog.rejections().get(1).reason()).contains("'bad' is not a code");
    assertThat(catalog.find("ACME_DOWN")).isPresent();
  }

  @Test
  void doesNotWaitForAContributionThatHangs() {
    var never = new CountDownLatch(1);
    add(
        "org.example.slow 1.0.0",
        "SLOW",
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return List.of();
        });
    assertThat(new ContributedCodes(point, Duration.ofMillis(20)).rejections())
        .singleElement()
        .satisfies(r -> assertThat(r.reason()).startsWith("its codes() hangs: "));
  }

  @Test
  void readsThePrefix() throws Exception {
    assertThat(ContributedCodes.prefix(Map.of("gitvan.error.prefix", "ACME"))).isEqualTo("ACME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "acme", "ACME-2"})
  void rejectsPrefixesThatNoNameCanHave(String prefix) {
    assertThatThrownBy(() -> ContributedCodes.prefix(Map.of("gitvan.error.prefix", prefix)))
        .isInstanceOf(InvalidExtensionException.class);
    assertThatThrownBy(() -> ContributedCodes.prefix(Map.of()))
        .isInstanceOf(InvalidExtensionException.class);
  }
}
