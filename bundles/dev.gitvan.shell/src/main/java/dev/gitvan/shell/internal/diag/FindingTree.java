package dev.gitvan.shell.internal.diag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A finding and what does not work because of it.
 *
 * @param finding the cause
 * @param consequences what works again once the cause is removed
 */
public record FindingTree(Finding finding, List<FindingTree> consequences) {
  public FindingTree {
    consequences = List.copyOf(consequences);
  }

  /** As {@code gitvan --json diag} prints it. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("kind", finding.kind().name().toLowerCase(java.util.Locale.ROOT));
    map.put("name", finding.name());
    map.put("problem", finding.what());
    map.put("details", finding.details());
    map.put("remedy", finding.remedy());
    map.put("consequences", consequences.stream().map(FindingTree::toMap).toList());
    return map;
  }
}
