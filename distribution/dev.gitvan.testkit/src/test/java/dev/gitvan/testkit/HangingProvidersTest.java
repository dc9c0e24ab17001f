package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.template.spi.TemplateEngine;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Contracts of providers that never return, and that ignore interrupts. */
class HangingProvidersTest {
  private static CountDownLatch released;

  @BeforeEach
  void hold() {
    released = new CountDownLatch(1);
  }

  @AfterEach
  void release() {
    released.countDown();
  }

  private static <T> T hang() {
    while (true) {
      try {
        released.await();
        throw new IllegalStateException("released");
      } catch (InterruptedException e) {
        // It does not end.
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HangingHook,answersEveryPointItIsCalledAt",
    "HangingEngine,openSession",
    "HangingTier,openTier",
  })
  void failAndNameTheMethod(String contract, String method) throws Exception {
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(HangingProvidersTest.class.getName() + "$" + contract))
            .configurationParameter(PreemptiveLimit.PARAMETER, "200ms")
            .build();
    var summary = new SummaryGeneratingListener();

    LauncherFactory.create().execute(request, summary);

    assertThat(summary.getSummary().getFailures())
        .extracting(failure -> failure.getException().getMessage())
        .anySatisfy(
            message -> assertThat(message).startsWith(contract + "." + method + " did not"));
  }

  static final class HangingHook extends HookContract {
    @Override
    protected Hook hook() {
      return event -> hang();
    }

    @Override
    protected List<String> points() {
      return List.of(HookEvent.JOB_BEFORE);
    }
  }

  static final class HangingEngine extends TemplateEngineContract {
    @Override
    protected TemplateEngine engine() {
      return (options, loader) -> hang();
    }

    @Override
    protected String print(String path) {
      return path;
    }

    @Override
    protected String include(String name) {
      return name;
    }

    @Override
    protected String each(String list, String body) {
      return body;
    }

    @Override
    protected String broken() {
      return "";
    }
  }

  static final class HangingTier extends CacheTierContract {
    @Override
    protected int level() {
      return 1;
    }

    @Override
    protected CacheTier open() {
      return hang();
    }
  }
}
