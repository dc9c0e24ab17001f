package dev.gitvan.kernel.internal.hook;

import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.extension.Extension.Body;
import dev.gitvan.hook.HookDefinition;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.kernel.internal.Contribution;
import dev.gitvan.kernel.internal.Contributions;
import java.util.List;

/**
 * What the registry asks a contribution that is not a hook. It is asked as hooks are called: in
 * parallel, isolated, and with a time limit.
 */
final class Question<S, R> implements ChainMember {
  private final Contributions<S, String> registry;
  private final Contribution<S, String> asked;
  private final Body<S, R> body;
  private final HookDefinition definition;
  private volatile R reply;

  /**
   * @param body what to ask; must not return null
   */
  Question(Contributions<S, String> registry, Contribution<S, String> asked, Body<S, R> body) {
    this.registry = registry;
    this.asked = asked;
    this.body = body;
    this.definition = HookDefinition.builder(asked.name(), List.of("*"), asked.bundle()).build();
  }

  Contribution<S, String> asked() {
    return asked;
  }

  /** The answer; null if there is none. */
  R reply() {
    return reply;
  }

  @Override
  public HookDefinition definition() {
    return definition;
  }

  @Override
  public Answer<HookOutcome> call() {
    var answer = asked.plugin().call(body);
    reply = answer.value();
    return new Answer<>(
        reply == null ? null : HookOutcome.passed(), answer.failure(), answer.nanos());
  }

  @Override
  public void quarantine(String how) {
    registry.quarantine(asked::equals, "it " + how + " until its bundle is replaced");
  }
}
