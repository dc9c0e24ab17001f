package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.error.LoaderException;
import io.pebbletemplates.pebble.loader.Loader;
import java.io.Reader;

/** Pebble itself loads nothing: templates come from the session. */
final class NoLoader implements Loader<String> {
  @Override
  public Reader getReader(String name) {
    throw new LoaderException(null, "no template " + name);
  }

  @Override
  public void setCharset(String charset) {}

  @Override
  public void setPrefix(String prefix) {}

  @Override
  public void setSuffix(String suffix) {}

  @Override
  public String resolveRelativePath(String relativePath, String anchorPath) {
    return relativePath;
  }

  @Override
  public String createCacheKey(String name) {
    return name;
  }

  @Override
  public boolean resourceExists(String name) {
    return false;
  }
}
