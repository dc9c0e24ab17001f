package dev.gitvan.shell.internal.diag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FindingGraphTest {
  private final FindingGraph graph = new FindingGraph();

  @Test
  void startsAtTheCauses() {
    add("effect", "cause");
    add("cause");
    add("other");

    assertThat(trees()).containsExactly("cause[effect]", "other");
    assertThat(graph.rootOf("effect")).map(Finding::name).contains("cause");
    assertThat(graph.rootOf("unknown")).isEmpty();
  }

  /** c follows from a and from b, b from a: c is shown once, directly below a. */
  @Test
  void hasEveryConsequenceOnceAndCloseToTheRoot() {
    add("a");
    add("b", "a");
    add("c", "b", "a");
    add("d", "c");

    assertThat(trees()).containsExactly("a[b c[d]]");
  }

  @Test
  void hasAConsequenceOfTwoCausesInBothTrees() {
    add("a");
    add("b");
    add("c", "a", "b");
    add("d", "c");

    assertThat(trees()).containsExactly("a[c[d]]", "b[c]");
  }

  @Test
  void hasARootForACircle() {
    add("a", "b");
    add("b", "a");
    add("c", "c");

    assertThat(trees()).containsExactly("c", "a[b]");
    assertThat(graph.rootOf("a")).isPresent();
  }

  @Test
  void ignoresCausesThatAreNoFindings() {
    add("a", "well");

    assertThat(trees()).containsExactly("a");
  }

  @Test
  void onlyTheCauseHasARemedy() {
    add("a");
    add("b", "a");

    var tree = graph.trees().get(0);
    assertThat(tree.finding().remedy()).isEqualTo("Repair a.");
    assertThat(tree.consequences().get(0).finding().remedy()).isEmpty();
  }

  private void add(String name, String... causes) {
    graph.add(
        name,
        new Finding(Finding.Kind.BUNDLE, name, "is broken", List.of(), "Repair " + name + "."));
    List.of(causes).forEach(cause -> graph.addCause(name, cause));
  }

  private List<String> trees() {
    return graph.trees().stream().map(FindingGraphTest::text).toList();
  }

  private static String text(FindingTree tree) {
    var below = tree.consequences().stream().map(FindingGraphTest::text).toList();
    return tree.finding().name() + (below.isEmpty() ? "" : "[" + String.join(" ", below) + "]");
  }
}
