package dev.gitvan.git.jgit.internal.refs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The locks of a transaction in the order in which they are taken: refs by name, {@code
 * packed-refs}, refs whose folder is a ref's file until that is packed, the index. The index comes
 * last, because git waits for a ref's lock, but not for this.
 */
final class LockOrder {
  private final List<Path> locks = new ArrayList<>();
  private final Map<Path, List<String>> blocking = new HashMap<>();
  private final Path packed;
  private final Path index;

  LockOrder(RefTransaction.Plan plan, RefFiles refs) throws IOException {
    packed = plan.isSingle() ? null : RefTransaction.lock(refs.packed());
    index = plan.index() == null ? null : RefTransaction.lock(plan.index());
    var names = new HashSet<>(plan.refs());
    var behind = new ArrayList<Path>();
    for (var name : names.stream().sorted().toList()) {
      var lock = refs.lock(name);
      var parents = RefFiles.parents(name).stream().filter(names::contains).toList();
      if (parents.isEmpty()) {
        locks.add(lock);
      } else {
        blocking.put(lock, parents);
        behind.add(lock);
      }
    }
    if (packed != null) {
      locks.add(packed);
    }
    locks.addAll(behind);
    if (index != null) {
      locks.add(index);
    }
  }

  List<Path> locks() {
    return locks;
  }

  /** The lock of {@code packed-refs}, or null when that stays. */
  Path packed() {
    return packed;
  }

  /** The lock of the index, or null when that stays. */
  Path index() {
    return index;
  }

  /**
   * Refs whose files must go before a lock can be taken; their own locks come before it, and that
   * of {@code packed-refs}, too.
   */
  List<String> blocking(Path lock) {
    return blocking.getOrDefault(lock, List.of());
  }
}
