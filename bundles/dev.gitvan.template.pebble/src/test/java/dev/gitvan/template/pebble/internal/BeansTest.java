package dev.gitvan.template.pebble.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BeansTest {
  /** A record. */
  public record Point(int x, int y) {
    public int sum() {
      return x + y;
    }
  }

  /** A final class with an accessor, a getter and another method. */
  public static final class Person {
    private final String name = "Ada";

    public String name() {
      return name;
    }

    public int getAge() {
      return 36;
    }

    public String greeting() {
      return "Hello";
    }
  }

  /** A class whose subclasses may give the method another meaning. */
  public static class Open {
    private final String name = "Ada";

    public String name() {
      return name;
    }
  }

  private final Pebble pebble = new Pebble();

  private String render(String text, Object value) {
    return pebble.render(text, Map.of("value", value));
  }

  private ErrorCode code(String text, Object value) {
    return pebble.failure(text, Map.of("value", value)).code();
  }

  @Test
  void componentsAccessorsAndGettersAreRead() {
    assertThat(render("{{ value.x }} {{ value.y }}", new Point(1, 2))).isEqualTo("1 2");
    assertThat(render("{{ value.name }} {{ value.age }}", new Person())).isEqualTo("Ada 36");
  }

  @Test
  void otherMethodsAreNotCalled() {
    assertThat(code("{{ value.sum }}", new Point(1, 2))).isEqualTo(Codes.TEMPLATE_UNDEFINED);
    assertThat(code("{{ value.greeting }}", new Person())).isEqualTo(Codes.TEMPLATE_UNDEFINED);
    assertThat(code("{{ value.name }}", new Open())).isEqualTo(Codes.TEMPLATE_UNDEFINED);
  }
}
