package dev.gitvan.job;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** An accepted run as a {@linkplain dev.gitvan.job.spi.RunStore run store} keeps it. Immutable. */
public final class StoredRun {
  private final Values values;

  private record Values(
      String id, JobOrder order, Instant accepted, RunState state, Receipt receipt) {}

  private StoredRun(Values values) {
    this.values = values;
  }

  /**
   * A run that has just been accepted, and waits.
   *
   * @param id a ULID
   */
  public static StoredRun accepted(String id, JobOrder order, Instant at) {
    return new StoredRun(
        new Values(
            Objects.requireNonNull(id, "id"),
            Objects.requireNonNull(order, "order"),
            Objects.requireNonNull(at, "at"),
            RunState.WAITING,
            null));
  }

  /** The run's id. */
  public String id() {
    return values.id;
  }

  public JobOrder order() {
    return values.order;
  }

  /** When it was accepted. */
  public Instant accepted() {
    return values.accepted;
  }

  public RunState state() {
    return values.state;
  }

  /** How it ended; empty while it has not. */
  public Optional<Receipt> receipt() {
    return Optional.ofNullable(values.receipt);
  }

  /** This run, started. */
  public StoredRun started() {
    return with(values.order, RunState.RUNNING, null);
  }

  /** This run, ended. */
  public StoredRun ended(Receipt receipt) {
    return with(values.order, RunState.ENDED, Objects.requireNonNull(receipt, "receipt"));
  }

  /** This run, whose process ended before it did. */
  public StoredRun lost() {
    return with(values.order, RunState.LOST, null);
  }

  /** This run with another order, such as one without the environment. */
  public StoredRun withOrder(JobOrder order) {
    return with(Objects.requireNonNull(order, "order"), values.state, values.receipt);
  }

  private StoredRun with(JobOrder order, RunState state, Receipt receipt) {
    return new StoredRun(new Values(values.id, order, values.accepted, state, receipt));
  }

  /** The fields in a stable order, of the types that JSON has. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("id", values.id);
    map.put("accepted", values.accepted.toString());
    map.put("state", values.state.name().toLowerCase(Locale.ROOT));
    map.put("order", values.order.toMap());
    map.put("receipt", receipt().map(Receipt::toMap).orElse(null));
    return map;
  }

  /**
   * Reads the fields of a run. Unknown fields are ignored.
   *
   * @throws IllegalArgumentException if the map is not a run
   */
  @SuppressWarnings("unchecked") // A document's maps have keys that are strings.
  public static StoredRun fromMap(Map<String, Object> map) {
    try {
      var receipt = (Map<String, Object>) map.get("receipt");
      return new StoredRun(
          new Values(
              Objects.requireNonNull((String) map.get("id"), "id"),
              JobOrder.fromMap((Map<String, Object>) map.get("order")),
              Instant.parse((String) map.get("accepted")),
              RunState.valueOf(((String) map.get("state")).toUpperCase(Locale.ROOT)),
              receipt == null ? null : Receipt.fromMap(receipt)));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a run: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredRun run && values.equals(run.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.id + " " + values.order + " " + values.state.name().toLowerCase(Locale.ROOT);
  }
}
