package dev.gitvan.event;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One entry of a job's {@code on}: what starts the job without being asked. Any job can be started
 * by a command or by another job as well. Immutable.
 */
public sealed interface JobTrigger {
  /** The entry as job files have it. Unmodifiable. */
  Map<String, Object> toMap();

  /**
   * An event.
   *
   * @param conditions all must be true of it; at least one
   */
  record OnEvent(List<Condition.Leaf> conditions) implements JobTrigger {
    public OnEvent {
      conditions = List.copyOf(conditions);
      if (conditions.isEmpty()) {
        throw new IllegalArgumentException("a trigger without a condition");
      }
    }

    /** The conditions as one. */
    public Condition condition() {
      return new Condition.AllOf(List.copyOf(conditions));
    }

    @Override
    public Map<String, Object> toMap() {
      var map = new LinkedHashMap<String, Object>();
      conditions.forEach(leaf -> map.put(leaf.predicate(), leaf.value()));
      return Collections.unmodifiableMap(map);
    }
  }

  /**
   * A point in time.
   *
   * @param cron five fields: minute, hour, day of month, month, day of week
   * @param zone in which the fields are read
   */
  record OnSchedule(String cron, ZoneId zone) implements JobTrigger {
    public OnSchedule {
      Objects.requireNonNull(cron, "cron");
      Objects.requireNonNull(zone, "zone");
    }

    @Override
    public Map<String, Object> toMap() {
      var map = new LinkedHashMap<String, Object>();
      map.put("schedule", cron);
      if (!zone.equals(ZoneOffset.UTC)) {
        map.put("timezone", zone.getId());
      }
      return Collections.unmodifiableMap(map);
    }
  }
}
