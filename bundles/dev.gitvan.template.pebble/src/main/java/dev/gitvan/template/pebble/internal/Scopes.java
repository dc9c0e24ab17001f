package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.template.ScopeChain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The variables that are visible, innermost scope first. Pebble's chain with an array below it, and
 * with the caller's data at the bottom, which no template can change. For one thread.
 */
final class Scopes extends ScopeChain {
  /** What {@link #find} gives for a name that no scope has. */
  static final Object MISSING = new Object();

  private static final int DATA = 0;

  private List<Map<String, Object>> maps = new ArrayList<>();
  private boolean[] local = new boolean[16];
  private int top = -1;

  /** Pebble fills {@link #DATA} as any other scope. */
  Scopes(Map<String, Object> data) {
    push(data, false);
    push(new HashMap<>(), false);
  }

  private void push(Map<String, Object> map, boolean isLocal) {
    top++;
    if (top == local.length) {
      local = Arrays.copyOf(local, top * 2);
    }
    if (top == maps.size()) {
      maps.add(map);
    } else {
      maps.set(top, map);
    }
    local[top] = isLocal;
  }

  @Override
  public void pushScope() {
    push(new HashMap<>(), false);
  }

  @Override
  public void pushScope(Map<String, Object> map) {
    push(map, false);
  }

  @Override
  public void pushLocalScope() {
    push(new HashMap<>(), true);
  }

  @Override
  public void popScope() {
    maps.set(top, null);
    top--;
  }

  @Override
  public void put(String name, Object value) {
    maps.get(top).put(name, value);
  }

  /** The value of a name, which may be null; {@link #MISSING} when it has none. */
  Object find(String name) {
    for (int i = top; i >= 0; i--) {
      var map = maps.get(i);
      if (!map.isEmpty()) {
        var value = map.get(name);
        if (value != null) {
          return value;
        }
        if (map.containsKey(name)) {
          return null;
        }
      }
      if (local[i]) {
        return MISSING;
      }
    }
    return MISSING;
  }

  @Override
  public Object get(String name) {
    var value = find(name);
    return value == MISSING ? null : value;
  }

  @Override
  public boolean containsKey(String name) {
    return find(name) != MISSING;
  }

  @Override
  public boolean currentScopeContainsVariable(String name) {
    return maps.get(top).containsKey(name);
  }

  /** Sets the variable where it is, else in the current scope; the data is shadowed. */
  @Override
  public void set(String name, Object value) {
    for (int i = top; i > DATA; i--) {
      if (local[i] || maps.get(i).containsKey(name)) {
        maps.get(i).put(name, value);
        return;
      }
    }
    maps.get(maps.get(DATA).containsKey(name) ? DATA + 1 : top).put(name, value);
  }

  /** The names that are visible. */
  Set<String> names() {
    var names = new LinkedHashSet<String>();
    for (int i = top; i >= 0; i--) {
      names.addAll(maps.get(i).keySet());
      if (local[i]) {
        break;
      }
    }
    return names;
  }
}
