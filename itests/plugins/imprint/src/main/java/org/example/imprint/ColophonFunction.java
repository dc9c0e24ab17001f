package org.example.imprint;

import dev.gitvan.template.spi.Arguments;
import dev.gitvan.template.spi.GitVanTemplateFunction;
import dev.gitvan.template.spi.TemplateFunction;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;

/** <code>{{ colophon("Ada") }}</code> says who set a page, and with which version of this plugin. */
@Component
@GitVanTemplateFunction(name = "colophon", parameters = "by", reproducible = true)
public class ColophonFunction implements TemplateFunction {
  @Override
  public Object call(Arguments arguments) {
    return "Set by " + arguments.text("by", "nobody") + " with imprint " + version();
  }

  /** The result may depend on the bundle's version, which is part of an output's key. */
  private static String version() {
    var bundle = FrameworkUtil.getBundle(ColophonFunction.class);
    return bundle == null ? "(no version)" : bundle.getVersion().toString();
  }
}
