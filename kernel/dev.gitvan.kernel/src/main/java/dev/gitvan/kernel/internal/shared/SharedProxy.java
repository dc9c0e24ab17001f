package dev.gitvan.kernel.internal.shared;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * What callers of a shared service hold: forwards each call to the implementation that the calling
 * thread is to use.
 */
final class SharedProxy implements InvocationHandler {
  private final SharedServices services;
  private final Successor successor;
  private final Class<?> type;

  private SharedProxy(SharedServices services, Successor successor, Class<?> type) {
    this.services = services;
    this.successor = successor;
    this.type = type;
  }

  static Object of(SharedServices services, Successor successor, Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, new SharedProxy(services, successor, type));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method, arguments);
    }
    if (services.isOver()) {
      // Somebody kept this proxy while the kernel was replaced.
      var next = successor.await(type.getName(), "(gitvan.shared=true)");
      if (!type.isInstance(next)) {
        throw SharedServices.missing(type.getName(), null);
      }
      return call(next, method, arguments);
    }
    return services.use(type.getName(), service -> call(service, method, arguments));
  }

  private static Object call(Object service, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(service, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Object ofObject(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "shared service " + type.getName();
    };
  }
}
