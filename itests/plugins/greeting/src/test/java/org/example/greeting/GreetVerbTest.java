package org.example.greeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.command.Verb;
import dev.gitvan.testkit.VerbContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GreetVerbTest extends VerbContract {
  @Override
  protected Verb verb() {
    return new GreetVerb();
  }

  @Override
  protected List<List<String>> successes() {
    return List.of(List.of(), List.of("Ada"));
  }

  @Test
  void greetsByName() throws Exception {
    var call = invocation();
    call.run(verb(), "Ada");
    assertThat(call.console.printed()).isEqualTo("Hello, Ada!\n");
  }

  @Test
  void greetsInJson() throws Exception {
    var call = invocation();
    call.run(verb(), "--json");
    assertThat(call.console.documents)
        .containsExactly(Map.of("schema", "greeting.v1", "greeting", "Hello, world!"));
  }
}
