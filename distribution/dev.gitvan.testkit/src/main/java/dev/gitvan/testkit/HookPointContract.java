package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.document.ValueField;
import dev.gitvan.hook.BuiltInHookPoints;
import dev.gitvan.hook.Gate;
import dev.gitvan.hook.HookPoint;
import dev.gitvan.hook.spi.HookPointProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every contributed hook point must be. Extend it, and return the provider, its name and the
 * data of events as the plugin fires them. A test that does not end is interrupted after a minute.
 */
public abstract class HookPointContract extends Contract {
  /** A new provider, as its component would be. */
  protected abstract HookPointProvider provider();

  /** The name that {@code @GitVanHookPoint} says. */
  protected abstract String name();

  /** Data of events that the plugin fires at this point; at least one. */
  protected abstract List<Map<String, Object>> events();

  private HookPoint point() {
    return provider().point();
  }

  @Test
  void hasTheNameOfItsAnnotation() {
    assertThat(point().name()).isEqualTo(name());
    assertThat(HookPoint.isExtensionName(name())).as(name()).isTrue();
    assertThat(BuiltInHookPoints.names()).doesNotContain(name());
  }

  @Test
  void isDescribedInSentencesWithoutAFullStop() {
    assertThat(point().description()).isNotBlank().doesNotEndWith(".").doesNotContain("\n");
    assertThat(point().data())
        .extracting(ValueField::description)
        .allSatisfy(text -> assertThat(text).doesNotEndWith(".").doesNotContain("\n"));
  }

  @Test
  void isAlwaysTheSame() {
    var provider = provider();
    assertThat(provider.point()).isEqualTo(provider.point()).isEqualTo(point());
  }

  @Test
  void declaresWhatItsEventsCarry() {
    assertThat(events()).isNotEmpty();
    for (var data : events()) {
      assertThat(point().mismatches(data)).as("%s", data).isEmpty();
    }
  }

  @Test
  void requiresWhatItsEventsAlwaysCarry() {
    for (var field : point().data()) {
      boolean always = events().stream().allMatch(data -> data.containsKey(field.name()));
      if (field.required()) {
        assertThat(always).as("required " + field.name()).isTrue();
        var without = new LinkedHashMap<>(events().get(0));
        without.remove(field.name());
        assertThat(point().mismatches(without)).as(field.name()).isNotEmpty();
      }
    }
  }

  @Test
  void gateByADatumIsAGateForSomeEvent() {
    if (point().gate() instanceof Gate.When gate) {
      assertThat(events()).as("%s", gate).anyMatch(gate::isClosable);
    }
  }
}
