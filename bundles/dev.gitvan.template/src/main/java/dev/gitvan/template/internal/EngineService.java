package dev.gitvan.template.internal;

import dev.gitvan.template.spi.TemplateEngine;
import org.osgi.framework.Bundle;
import org.osgi.service.component.ComponentServiceObjects;

/** The service of an engine; one service object for each session. */
final class EngineService implements InstalledEngine.Service {
  private final ComponentServiceObjects<TemplateEngine> objects;
  private final EngineIdentity identity;
  private volatile boolean gone;

  /**
   * @param self this bundle, which has a part in every output
   */
  EngineService(String name, ComponentServiceObjects<TemplateEngine> objects, Bundle self) {
    this.objects = objects;
    this.identity = new EngineIdentity(name, objects.getServiceReference().getBundle(), self);
  }

  @Override
  public TemplateEngine take() {
    try {
      return objects.getService();
    } catch (IllegalStateException e) {
      return null;
    }
  }

  @Override
  public void giveBack(TemplateEngine engine) {
    try {
      objects.ungetService(engine);
    } catch (IllegalStateException | IllegalArgumentException e) {
      // The engine's bundle has stopped: the framework has taken it back already.
    }
  }

  @Override
  public String identity() {
    return identity.get();
  }

  @Override
  public boolean isGone() {
    return gone;
  }

  @Override
  public void leave() {
    gone = true;
  }
}
