package dev.gitvan.template.spi;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** A compiled template. Safe for any thread. */
@ConsumerType
@FunctionalInterface
public interface CompiledTemplate {
  /**
   * Renders into a writer, piece by piece; does not close it. Checks for interruption as it goes.
   *
   * @throws IOException what the writer threw, unchanged
   * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_*}, with name:line as its place
   */
  void render(Map<String, ?> data, Writer out) throws IOException;
}
