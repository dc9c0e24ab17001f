package org.example.gatekeeper;

import dev.gitvan.document.FieldValues;
import dev.gitvan.document.ValueField;
import dev.gitvan.document.ValueType;
import dev.gitvan.event.Event;
import dev.gitvan.event.RefChange;
import dev.gitvan.event.spi.EventPredicate;
import dev.gitvan.event.spi.GitVanEventPredicate;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Whether a change touches more than a number of files. */
@Component
@GitVanEventPredicate(name = "large-change")
public class LargeChange implements EventPredicate {
  @Override
  public List<ValueField> parameters() {
    return List.of(
        ValueField.required("files", ValueType.NUMBER, "Number of files that are not yet many"));
  }

  @Override
  public boolean holds(Event event, FieldValues parameters) {
    return event instanceof RefChange change
        && change.paths().size() > parameters.number("files").orElseThrow().longValue();
  }
}
