package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.template.ScopeChain;
import java.util.Arrays;
import java.util.LinkedHashSet;
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

  private Scope[] scopes = new Scope[16];
  private int top = -1;

  /** Pebble fills {@link #DATA} as any other scope. */
  Scopes(Map<String, Object> data) {
    push(data, false);
    push(null, false);
  }

  private void push(Map<String, Object> variables, boolean isLocal) {
    top++;
    if (top == scopes.length) {
      scopes = Arrays.copyOf(scopes, top * 2);
    }
    if (scopes[top] == null) {
      scopes[top] = new Scope();
    }
    scopes[top].begin(variables, isLocal);
  }

  @Override
  public void pushScope() {
    push(null, false);
  }

  @Override
  public void pushScope(Map<String, Object> map) {
    push(map, false);
  }

  @Override
  public void pushLocalScope() {
    push(null, true);
  }

  @Override
  public void popScope() {
    scopes[top].begin(null, false);
    top--;
  }

  @Override
  public void put(String name, Object value) {
    scopes[top].put(name, value);
  }

  /** The value of a name, which may be null; {@link #MISSING} when it has none. */
  Object find(String name) {
    for (int i = top; i >= 0; i--) {
      var scope = scopes[i];
      var value = scope.find(name);
      if (value != MISSING || scope.isLocal()) {
        return value;
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
    return scopes[top].has(name);
  }

  /** Sets the variable where it is, else in the current scope; the data is shadowed. */
  @Override
  public void set(String name, Object value) {
    for (int i = top; i > DATA; i--) {
      if (scopes[i].isLocal() || scopes[i].has(name)) {
        scopes[i].put(name, value);
        return;
      }
    }
    scopes[scopes[DATA].has(name) ? DATA + 1 : top].put(name, value);
  }

  /** The names that are visible. */
  Set<String> names() {
    var names = new LinkedHashSet<String>();
    for (int i = top; i >= 0; i--) {
      names.addAll(scopes[i].names());
      if (scopes[i].isLocal()) {
        break;
      }
    }
    return names;
  }
}
