package dev.gitvan.testkit;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.gitvan.config.Quantities;
import java.lang.reflect.Method;
import java.time.Duration;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Calls each method of a test on a thread of its own and abandons it after {@value #PARAMETER}, a
 * configuration parameter of JUnit such as {@code 30s}; 2 minutes by default. The failure names the
 * method and has the stack trace of the thread.
 */
final class PreemptiveLimit implements InvocationInterceptor {
  static final String PARAMETER = "gitvan.contract.limit";

  private static final Duration DEFAULT = Duration.ofMinutes(2);

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext test)
      throws Throwable {
    limit(invocation, called.getExecutable().getName(), test);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext test)
      throws Throwable {
    limit(invocation, called.getExecutable().getName(), test);
  }

  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation, DynamicTestInvocationContext called, ExtensionContext test)
      throws Throwable {
    limit(invocation, test.getDisplayName(), test);
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext test)
      throws Throwable {
    limit(invocation, called.getExecutable().getName(), test);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext test)
      throws Throwable {
    limit(invocation, called.getExecutable().getName(), test);
  }

  private static void limit(Invocation<Void> invocation, String method, ExtensionContext test)
      throws Throwable {
    var limit =
        test.getConfigurationParameter(PARAMETER).flatMap(Quantities::duration).orElse(DEFAULT);
    var name = test.getRequiredTestClass().getSimpleName() + "." + method;
    assertTimeoutPreemptively(limit, invocation::proceed, () -> name + " did not return");
  }
}
