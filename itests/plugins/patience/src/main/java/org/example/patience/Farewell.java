package org.example.patience;

import org.osgi.framework.FrameworkUtil;

/** What the job says at its end. */
record Farewell(String begun, String ended) {
  String text() {
    return "begun by %s, ended by %s, with %s"
        .formatted(begun, ended, FrameworkUtil.getBundle(Farewell.class).getVersion());
  }
}
