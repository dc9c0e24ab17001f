package org.example.imprint;

import dev.gitvan.template.spi.Arguments;
import dev.gitvan.template.spi.GitVanTemplateFilter;
import dev.gitvan.template.spi.TemplateFilter;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;

/** <code>{{ "Ada Lovelace" | initials(".") }}</code> gives {@code A.L.} */
@Component
@GitVanTemplateFilter(name = "initials", parameters = "after", reproducible = true)
public class InitialsFilter implements TemplateFilter {
  @Override
  public Object apply(Object input, Arguments arguments) {
    if (!(input instanceof String name)) {
      throw new IllegalArgumentException("it takes a name, which is a string");
    }
    var after = arguments.text("after", "");
    return Arrays.stream(name.split("\\s+"))
        .filter(word -> !word.isEmpty())
        .map(word -> Character.toString(word.codePointAt(0)) + after)
        .collect(Collectors.joining());
  }
}
