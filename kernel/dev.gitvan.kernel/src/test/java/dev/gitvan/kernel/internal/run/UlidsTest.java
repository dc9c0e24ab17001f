package dev.gitvan.kernel.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class UlidsTest {
  @Test
  void ascendAlsoWithinAMillisecondAndWhenTheClockStepsBack() {
    var now = new long[] {1_700_000_000_000L};
    var ids = new Ulids(() -> Instant.ofEpochMilli(now[0]));
    var all = new ArrayList<String>();
    for (int i = 0; i < 1000; i++) {
      all.add(ids.next());
    }
    now[0] -= 5000;
    for (int i = 0; i < 1000; i++) {
      all.add(ids.next());
    }
    assertThat(all).isSorted().doesNotHaveDuplicates().allMatch(id -> id.length() == 26);
  }

  @Test
  void beginWithTheTimeAsTheSpecificationSays() {
    // The example of github.com/ulid/spec: 01ARZ3NDEK is 1469922850259.
    var ids = new Ulids(InstantSource.fixed(Instant.ofEpochMilli(1_469_922_850_259L)));
    assertThat(ids.next()).startsWith("01ARZ3NDEK");
  }
}
