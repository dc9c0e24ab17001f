package dev.gitvan.template.spi;

import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The filters and functions that bundles contribute. An engine asks for what its language does not
 * have itself, when it compiles a call, to check it, and again whenever it renders the call: they
 * may have been replaced in between. It asks on the thread of the rendering: within one rendering
 * the answer stays the same, and what is called becomes part of the output's key. Safe for any
 * thread.
 */
@ProviderType
public interface TemplateExtensions {
  /** No filters and no functions. */
  TemplateExtensions NONE =
      new TemplateExtensions() {
        @Override
        public Optional<TemplateExtension> filter(String name) {
          return Optional.empty();
        }

        @Override
        public Optional<TemplateExtension> function(String name) {
          return Optional.empty();
        }

        @Override
        public Set<String> filterNames() {
          return Set.of();
        }

        @Override
        public Set<String> functionNames() {
          return Set.of();
        }
      };

  /** The filter of a name. */
  Optional<TemplateExtension> filter(String name);

  /** The function of a name. */
  Optional<TemplateExtension> function(String name);

  /** Names of the filters, for suggestions. */
  Set<String> filterNames();

  /** Names of the functions, for suggestions. */
  Set<String> functionNames();
}
