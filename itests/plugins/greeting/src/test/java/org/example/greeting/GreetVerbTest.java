package org.example.greeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.FakeInvocation;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GreetVerbTest {
  private final FakeInvocation call = new FakeInvocation(Path.of("/"));

  @Test
  void greetsByName() throws Exception {
    assertThat(call.run(new GreetVerb(), "Ada")).isZero();
    assertThat(call.console.printed()).isEqualTo("Hello, Ada!\n");
  }

  @Test
  void greetsInJson() throws Exception {
    assertThat(call.run(new GreetVerb(), "--json")).isZero();
    assertThat(call.console.documents)
        .containsExactly(Map.of("schema", "greeting.v1", "greeting", "Hello, world!"));
  }
}
