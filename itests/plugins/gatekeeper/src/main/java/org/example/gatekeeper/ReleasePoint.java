package org.example.gatekeeper;

import dev.gitvan.document.ValueField;
import dev.gitvan.document.ValueType;
import dev.gitvan.hook.HookPoint;
import dev.gitvan.hook.spi.GitVanHookPoint;
import dev.gitvan.hook.spi.HookPointProvider;
import org.osgi.service.component.annotations.Component;

/** The moment before a release: a gate. */
@Component
@GitVanHookPoint(name = ReleasePoint.NAME)
public class ReleasePoint implements HookPointProvider {
  static final String NAME = "release:before";

  @Override
  public HookPoint point() {
    return HookPoint.gate(
        NAME,
        "Before a version is released",
        ValueField.required("version", ValueType.STRING, "Version to release"),
        ValueField.optional("notes", ValueType.STRING, "Release notes"));
  }
}
