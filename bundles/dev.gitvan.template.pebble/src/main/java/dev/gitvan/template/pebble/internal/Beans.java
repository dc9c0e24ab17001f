package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * What templates read of an object that is not a map, list or scalar: the components of a record,
 * the same of any final class with accessors, and the getters of a bean; nothing else. Nothing of
 * the classes is kept, so that their bundle can go.
 */
final class Beans {
  /** Platform packages whose objects are values; the rest of the platform is closed. */
  private static final List<String> VALUE_PACKAGES =
      List.of("java.time.", "java.math.", "java.nio.file.attribute.FileTime");

  private Beans() {}

  /** The member, which may be null; {@link Scopes#MISSING} when there is none. */
  static Object get(Object object, String name) {
    var getter = getter(object.getClass(), name);
    if (getter == null) {
      return Scopes.MISSING;
    }
    try {
      return getter.invoke(object);
    } catch (IllegalAccessException e) {
      return Scopes.MISSING;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof GitVanException known) {
        throw known;
      }
      throw new BadArgument(name + " cannot be read");
    }
  }

  /** Names of the getters, for suggestions. */
  static Collection<String> names(Object object) {
    var names = new TreeSet<String>();
    for (var type : publicTypes(object.getClass())) {
      for (var method : type.getMethods()) {
        var name = nameOf(method);
        if (name != null && isAllowed(method, object.getClass())) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static Method getter(Class<?> type, String name) {
    for (var open : publicTypes(type)) {
      for (var method : open.getMethods()) {
        if (name.equals(nameOf(method)) && isAllowed(method, type)) {
          return method;
        }
      }
    }
    return null;
  }

  /** The classes and interfaces through which a class's methods may be called from outside. */
  private static List<Class<?>> publicTypes(Class<?> type) {
    var types = new ArrayList<Class<?>>();
    for (Class<?> t = type; t != null && t != Object.class; t = t.getSuperclass()) {
      if (isReachable(t)) {
        types.add(t);
      }
      collectInterfaces(t, types);
    }
    return types;
  }

  private static void collectInterfaces(Class<?> type, List<Class<?>> types) {
    for (var each : type.getInterfaces()) {
      if (isReachable(each)) {
        types.add(each);
      }
      collectInterfaces(each, types);
    }
  }

  private static boolean isReachable(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && type.getModule().isExported(type.getPackageName(), Beans.class.getModule());
  }

  private static String nameOf(Method method) {
    var name = method.getName();
    if (isAccessor(method)) {
      return name;
    }
    for (var prefix : List.of("get", "is", "has")) {
      if (name.length() > prefix.length()
          && name.startsWith(prefix)
          && Character.isUpperCase(name.charAt(prefix.length()))) {
        var rest = name.substring(prefix.length());
        return rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1);
      }
    }
    return null;
  }

  /** Whether it returns the field of its name in a final class, such as a record. */
  private static boolean isAccessor(Method method) {
    var type = method.getDeclaringClass();
    if (!Modifier.isFinal(type.getModifiers())) {
      return false;
    }
    for (var field : type.getDeclaredFields()) {
      if (field.getName().equals(method.getName())
          && field.getType() == method.getReturnType()
          && Modifier.isFinal(field.getModifiers())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAllowed(Method method, Class<?> type) {
    var result = method.getReturnType();
    return method.getParameterCount() == 0
        && !Modifier.isStatic(method.getModifiers())
        && method.getDeclaringClass() != Object.class
        && isOpen(type)
        && result != void.class
        && result != Class.class
        && result != ClassLoader.class
        && result != Module.class
        && !result.getPackageName().equals("java.lang.reflect");
  }

  private static boolean isOpen(Class<?> type) {
    var name = type.getName();
    boolean platform =
        type.getClassLoader() == null
            || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    return !platform || VALUE_PACKAGES.stream().anyMatch(name::startsWith);
  }

  /** The failure for what templates may not call. */
  static GitVanException denied(String name, String template, int line) {
    return Failure.of(
        Codes.TEMPLATE_METHOD_DENIED,
        template,
        line,
        "templates may not call " + name + "()",
        ForeignNames.METHOD.remedy(name, "Use a filter, or add the value to the data."));
  }
}
