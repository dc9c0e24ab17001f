package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.spi.RunStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Fails all calls of run stores as soon as a test says so. */
final class FailingStore {
  /** What every call throws; null: none does. */
  volatile GitVanException failure;

  /** A store that does what another does, or fails. */
  RunStore over(RunStore store) {
    return (RunStore)
        Proxy.newProxyInstance(
            RunStore.class.getClassLoader(),
            new Class<?>[] {RunStore.class},
            (proxy, method, arguments) -> {
              if (failure != null) {
                throw failure;
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
