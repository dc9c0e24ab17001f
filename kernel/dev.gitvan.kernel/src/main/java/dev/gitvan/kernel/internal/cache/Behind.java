package dev.gitvan.kernel.internal.cache;

import dev.gitvan.kernel.internal.WorkerPool;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * What is still to be written to one cache's lower tiers. Reads look here first, so that what is
 * pending counts as done. The operations of one key are applied one after the other, the last one
 * wins, and a put that finds no room becomes a removal: a lower tier never keeps what was replaced.
 */
final class Behind<K, V> {
  private static final long CLEAR_SECONDS = 10;

  /**
   * An operation.
   *
   * @param held the value; null: the key is to be removed
   * @param below it is for tiers above this level only: 4 for all of them
   */
  record Pending<V>(Held<V> held, int below) {
    /** Identity: a later operation is another one, even with an equal value. */
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private final Map<K, Pending<V>> pending = new ConcurrentHashMap<>();
  private final AtomicInteger clearing = new AtomicInteger();
  private final WorkerPool writer;
  private final AtomicInteger room;
  private final BiConsumer<K, Pending<V>> apply;
  private final Runnable clear;

  /**
   * @param writer the one thread that writes
   * @param room how many more values may wait, in all caches together
   * @param apply writes an operation to the tiers
   * @param clear empties the tiers
   */
  Behind(WorkerPool writer, AtomicInteger room, BiConsumer<K, Pending<V>> apply, Runnable clear) {
    this.writer = writer;
    this.room = room;
    this.apply = apply;
    this.clear = clear;
  }

  /** What is to happen to a key; null when nothing is. */
  Pending<V> of(K key) {
    return pending.get(key);
  }

  /** Whether the tiers count as empty, because they are about to be. */
  boolean isClearing() {
    return clearing.get() > 0;
  }

  /** A value that replaces whatever the tiers have. */
  void put(K key, Held<V> held) {
    replace(key, new Pending<>(takeRoom() ? held : null, TierLevel.LOWEST + 1));
  }

  void remove(K key) {
    replace(key, new Pending<>(null, TierLevel.LOWEST + 1));
  }

  /** A value that the tiers above a level lack; given up when there is no room. */
  void fill(K key, Held<V> held, int below) {
    if (takeRoom()) {
      var operation = new Pending<>(held, below);
      if (pending.putIfAbsent(key, operation) == null) {
        writer.execute(() -> next(key));
      } else {
        giveRoom(operation);
      }
    }
  }

  /** Empties the tiers, and waits until that is done. */
  void clear() {
    var done = new CountDownLatch(1);
    clearing.incrementAndGet();
    for (var key : List.copyOf(pending.keySet())) {
      giveRoom(pending.remove(key));
    }
    boolean queued =
        writer.execute(
            () -> {
              try {
                clear.run();
              } finally {
                clearing.decrementAndGet();
                done.countDown();
              }
            });
    if (!queued) {
      return;
    }
    try {
      done.await(CLEAR_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void replace(K key, Pending<V> operation) {
    var replaced = pending.put(key, operation);
    giveRoom(replaced);
    if (replaced == null) {
      writer.execute(() -> next(key));
    }
  }

  private void next(K key) {
    var operation = pending.get(key);
    if (operation == null) {
      return;
    }
    try {
      apply.accept(key, operation);
    } finally {
      if (pending.remove(key, operation)) {
        giveRoom(operation);
      } else if (pending.containsKey(key)) {
        writer.execute(() -> next(key));
      }
    }
  }

  private boolean takeRoom() {
    return room.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  private void giveRoom(Pending<V> operation) {
    if (operation != null && operation.held() != null) {
      room.incrementAndGet();
    }
  }
}
