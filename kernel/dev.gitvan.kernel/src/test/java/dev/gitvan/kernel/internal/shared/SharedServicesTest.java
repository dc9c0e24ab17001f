package dev.gitvan.kernel.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.kernel.internal.Offers;
import dev.gitvan.kernel.internal.Threads;
import dev.gitvan.kernel.internal.swap.Activity;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.kernel.internal.swap.Swaps;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedServicesTest {
  /** A shared service. */
  interface Greeter {
    String greet(String name) throws IOException;
  }

  /** Another one of the same bundle. */
  interface Farewell {
    String part();
  }

  private record Polite(String version) implements Greeter, SharedService {
    @Override
    public String greet(String name) {
      return version + " greets " + name;
    }
  }

  private record Parting(String version) implements Farewell, SharedService {
    @Override
    public String part() {
      return version + " parts";
    }
  }

  private record Failing(Throwable failure) implements Greeter, SharedService {
    @Override
    public String greet(String name) throws IOException {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw (IOException) failure;
    }
  }

  private static final long OLD = 1;
  private static final long UPDATED = 9;

  private final Kernel kernel = new Kernel();
  private final SharedServices services = new SharedServices(kernel, () -> {});
  private final Greeter greeter = SharedProxies.of(services, Greeter.class);
  private final Farewell farewell = SharedProxies.of(services, Farewell.class);

  private static Offers<SharedService> offer(
      Class<?> type, SharedService service, String version, long bundleId) {
    return Offers.of(service)
        .with("gitvan.shared.type", type.getName())
        .bundle("a", version, bundleId);
  }

  private static Offers<SharedService> greeter(String version, long bundleId) {
    return offer(Greeter.class, new Polite(version), version, bundleId);
  }

  private static Offers<SharedService> farewell(String version, long bundleId) {
    return offer(Farewell.class, new Parting(version), version, bundleId);
  }

  private Activity begin() throws Exception {
    return kernel.activities().begin("run", null);
  }

  private String greet(Activity activity) throws IOException {
    try (var binding = kernel.activities().bind(activity)) {
      return greeter.greet("you");
    }
  }

  private String part(Activity activity) {
    try (var binding = kernel.activities().bind(activity)) {
      return farewell.part();
    }
  }

  @Test
  void newActivitiesUseTheNewestVersionAndOthersStayOnTheirs() throws Exception {
    var old = greeter("1.0.0", OLD);
    services.add(old.offer());
    services.add(farewell("1.0.0", OLD).offer());
    var user = begin();
    var idle = begin();
    assertThat(greet(user)).isEqualTo("1.0.0 greets you");

    services.add(greeter("1.1.0", UPDATED).offer());
    services.add(farewell("1.1.0", UPDATED).offer());
    Swaps.withdraw(kernel, OLD, false);
    assertThat(greet(user)).isEqualTo("1.0.0 greets you");
    assertThat(greet(idle)).isEqualTo("1.1.0 greets you");
    assertThat(greet(begin())).isEqualTo("1.1.0 greets you");
    assertThat(greet(null)).isEqualTo("1.1.0 greets you");
    // What else it takes from the bundle is of the same version.
    assertThat(part(user)).isEqualTo("1.0.0 parts");
    assertThat(part(idle)).isEqualTo("1.1.0 parts");

    user.close();
    assertThat(old.out).hasValue(1);
    services.remove(old);
    assertThat(old.out).hasValue(0);
  }

  @Test
  void callsWaitWhileTheOnlyVersionIsReplacedInPlace() throws Exception {
    var old = greeter("1.0.0", OLD);
    services.add(old.offer());
    Swaps.withdraw(kernel, OLD, true);
    var waiting = Threads.start(() -> greet(null)).awaitBlocked();
    services.remove(old);
    services.add(greeter("1.0.1", OLD).offer());
    Swaps.settle(kernel, OLD);

    assertThat(waiting.join()).isEqualTo("1.0.1 greets you");
  }

  @Test
  void throwsWhatTheImplementationThrows() {
    for (var failure :
        new Throwable[] {
          new IOException("checked"), new IllegalStateException("unchecked"), new LinkageError("x")
        }) {
      var offer = offer(Greeter.class, new Failing(failure), "1.0.0", OLD);
      services.add(offer.offer());
      assertThat(catchThrowable(() -> greeter.greet("you"))).isSameAs(failure);
      services.remove(offer);
    }
  }

  @Test
  void proxyIsAnObjectWithoutAnImplementation() {
    assertThat(greeter)
        .isEqualTo(greeter)
        .isNotEqualTo(SharedProxies.of(services, Greeter.class))
        .isNotEqualTo(null)
        .hasSameHashCodeAs(greeter)
        .hasToString("shared service " + Greeter.class.getName());
  }

  @Test
  void missingImplementationIsReported() {
    assertMissing("no working bundle provides this service");

    var offer = greeter("1.0.0", OLD);
    services.add(offer.offer());
    services.remove(offer);
    assertMissing("no working bundle provides this service");

    services.add(offer(Greeter.class, null, "1.0.0", OLD).offer());
    assertMissing("a 1.0.0 is gone or cannot be activated");
  }

  private void assertMissing(String reason) {
    assertThatThrownBy(() -> greeter.greet("you"))
        .isInstanceOf(GitVanException.class)
        .hasMessageContaining(Codes.SERVICE_MISSING + " " + Greeter.class.getName())
        .hasMessageContaining(reason);
  }

  @Test
  void implementationWithoutATypeIsRejected() {
    services.add(Offers.<SharedService>of(new Polite("1.0.0")).offer());

    assertThat(services.rejections()).extracting(Rejection::code).containsExactly("TYPE_MISSING");
    assertThat(services.types()).isEmpty();
  }
}
