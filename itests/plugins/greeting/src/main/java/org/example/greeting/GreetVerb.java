package org.example.greeting;

import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Invocation;
import dev.gitvan.command.Verb;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gitvan greet NAME}, and {@code gitvan:greet NAME} in the shell. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "greet", description = "Say hello")
@Command(name = "greet", description = "Say hello.")
public class GreetVerb implements Verb, Callable<Integer> {
  @Parameters(paramLabel = "NAME", defaultValue = "world", description = "whom to greet")
  private String name;

  private Invocation invocation;

  @Override
  public void begin(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var console = invocation.console();
    if (console.json()) {
      console.json("greeting.v1", Map.of("greeting", "Hello, " + name + "!"));
    } else {
      console.out().println("Hello, " + name + "!");
    }
    return 0;
  }
}
