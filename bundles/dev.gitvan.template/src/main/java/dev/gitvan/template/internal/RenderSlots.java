package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.Semaphore;

/**
 * As many concurrent renderings as there are cores, because each keeps one busy: later ones wait on
 * their own thread. A rendering inside another needs no second slot, and one that waits for its
 * output has none meanwhile, so that neither keeps others waiting forever. Safe for any thread.
 */
final class RenderSlots {
  private final Semaphore free;

  /** Present on a thread that has one. */
  private final ThreadLocal<Boolean> held = new ThreadLocal<>();

  RenderSlots(int count) {
    free = new Semaphore(count);
  }

  /** What is done with a slot, or without one. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /**
   * Renders once there is a slot.
   *
   * @param name the template, for errors
   */
  void within(String name, Work rendering) throws IOException {
    if (held.get() != null) {
      rendering.run();
      return;
    }
    take(name);
    try {
      rendering.run();
    } finally {
      giveBack();
    }
  }

  /** Waits for something without the slot that this thread has, if it has one. */
  void outside(Work waiting) throws IOException {
    if (held.get() == null) {
      waiting.run();
      return;
    }
    giveBack();
    try {
      waiting.run();
    } finally {
      takeAgain();
    }
  }

  /** How fast outputs are written; a rendering has no slot while it waits. */
  Pace outside(Pace pace) {
    return pace == Pace.NONE ? pace : bytes -> outside(() -> pace.await(bytes));
  }

  /** A writer that may have to wait for its reader. */
  Writer outside(Writer out) {
    return new Writer() {
      @Override
      public void write(char[] text, int from, int length) throws IOException {
        outside(() -> out.write(text, from, length));
      }

      @Override
      public void write(String text, int from, int length) throws IOException {
        outside(() -> out.write(text, from, length));
      }

      @Override
      public void flush() throws IOException {
        outside(out::flush);
      }

      @Override
      public void close() throws IOException {
        outside(out::close);
      }
    };
  }

  private void take(String name) {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GitVanException.of(Codes.INTERRUPTED, name, "rendering was interrupted", "");
    }
    held.set(true);
  }

  /** An interrupted thread goes on until the rendering notices: others do end. */
  private void takeAgain() {
    free.acquireUninterruptibly();
    held.set(true);
  }

  private void giveBack() {
    held.remove();
    free.release();
  }
}
