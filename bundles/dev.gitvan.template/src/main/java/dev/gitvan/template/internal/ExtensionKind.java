package dev.gitvan.template.internal;

import dev.gitvan.template.internal.rendered.Read;
import dev.gitvan.template.spi.Arguments;
import dev.gitvan.template.spi.GitVanTemplateFilter;
import dev.gitvan.template.spi.GitVanTemplateFunction;
import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.template.spi.TemplateFilter;
import dev.gitvan.template.spi.TemplateFunction;
import java.util.Set;
import java.util.function.Function;

/**
 * What bundles contribute to templates: filters or functions.
 *
 * @param word names the kind in messages and diagnostics
 * @param prefix of the service properties
 * @param read how the use of one is recorded
 * @param reserved names that an engine uses itself
 * @param call calls one
 * @param <S> the services' type
 */
record ExtensionKind<S>(
    String word,
    Class<S> type,
    String prefix,
    Read.Kind read,
    Function<TemplateEngine, Set<String>> reserved,
    Call<S> call) {
  static final ExtensionKind<TemplateFilter> FILTER =
      new ExtensionKind<>(
          "filter",
          TemplateFilter.class,
          GitVanTemplateFilter.PREFIX_,
          Read.Kind.FILTER,
          TemplateEngine::filterNames,
          TemplateFilter::apply);

  static final ExtensionKind<TemplateFunction> FUNCTION =
      new ExtensionKind<>(
          "function",
          TemplateFunction.class,
          GitVanTemplateFunction.PREFIX_,
          Read.Kind.FUNCTION,
          TemplateEngine::functionNames,
          (function, input, arguments) -> function.call(arguments));

  /** Calls a service of a kind. */
  @FunctionalInterface
  interface Call<S> {
    Object on(S service, Object input, Arguments arguments) throws Exception;
  }
}
