package dev.gitvan.git.jgit.internal.locks;

import dev.gitvan.git.Fence;
import dev.gitvan.git.Lock;
import dev.gitvan.git.jgit.internal.refs.LockRef;
import dev.gitvan.git.jgit.internal.refs.OwnLock;
import java.util.concurrent.atomic.AtomicBoolean;

/** Git's lock of an index. It has no lease: it is held until it is released. */
final class HeldIndex implements Lock {
  private final OwnLock lock;
  private final Runnable ended;
  private final AtomicBoolean closed = new AtomicBoolean();

  HeldIndex(OwnLock lock, Runnable ended) {
    this.lock = lock;
    this.ended = ended;
  }

  @Override
  public String name() {
    return "index";
  }

  @Override
  public long epoch() {
    return 0;
  }

  @Override
  public Fence fence() {
    return new Fence("index", "");
  }

  @Override
  public boolean isHeld() {
    return !closed.get() && lock.isHeld();
  }

  @Override
  public void check() {
    if (!isHeld()) {
      throw LockRef.lost(lock.file().toString(), null);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        lock.release();
      } finally {
        ended.run();
      }
    }
  }
}
