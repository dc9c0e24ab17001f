package dev.gitvan.testkit;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.spi.Staging;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records what a job stages, and writes nothing. */
public final class FakeStaging implements Staging {
  private static final String ZEROES = "0000000000000000000000000000000000000000";

  /** The staged changes, in order. */
  public final List<Object> staged = new ArrayList<>();

  /** Whether the paths of the next commit have changes. */
  public boolean hasChange = true;

  /** The names of the required locks. */
  public final List<String> fences = new ArrayList<>();

  private final Base base;
  private String head;

  public FakeStaging() {
    this(new Base("a" + ZEROES.substring(1), "refs/heads/main"));
  }

  public FakeStaging(Base base) {
    this.base = base;
    this.head = base.head();
  }

  @Override
  public Base base() {
    return base;
  }

  @Override
  public synchronized Optional<String> head() {
    return Optional.of(head).filter(id -> !id.isEmpty());
  }

  @Override
  public synchronized Optional<String> commit(CommitSpec spec) {
    staged.add(spec);
    if (!hasChange) {
      return Optional.empty();
    }
    head = String.format("c%039d", staged.size());
    return Optional.of(head);
  }

  @Override
  public synchronized String tag(TagSpec spec) {
    staged.add(spec);
    return String.format("d%039d", staged.size());
  }

  @Override
  public synchronized void note(NoteSpec spec) {
    staged.add(spec);
  }

  @Override
  public synchronized void move(RefSpec spec) {
    staged.add(spec);
  }

  @Override
  public synchronized void fence(String lock, String token) {
    fences.add(lock);
  }

  @Override
  public synchronized Base restart() {
    if (!staged.isEmpty()) {
      throw GitVanException.of(Codes.RUN_STAGED, "", "the run has staged something", "");
    }
    return base;
  }

  @Override
  public List<RefChange> staged() {
    return List.of();
  }
}
