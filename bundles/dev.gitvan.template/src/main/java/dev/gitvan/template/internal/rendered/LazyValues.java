package dev.gitvan.template.internal.rendered;

import java.util.Map;

/** Values that are read when a template asks for them, each by itself. */
public interface LazyValues extends Map<String, Object> {
  /** Whether a value is read bit by bit as it is used: what depends on it is never kept. */
  boolean isOpenEnded(String key);
}
