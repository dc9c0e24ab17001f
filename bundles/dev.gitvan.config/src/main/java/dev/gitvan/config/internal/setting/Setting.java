package dev.gitvan.config.internal.setting;

/**
 * One setting: everything that GitVan knows about it.
 *
 * @param path dotted, such as {@code queue.rate.limit}
 * @param fallback its value where no file sets it
 * @param description one sentence, for the schema and for editors
 */
record Setting<T>(String path, Form<T> form, T fallback, String description) {
  /** The last part of the path. */
  String key() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The default as it would be written. */
  Object writtenFallback() {
    return form.written(fallback);
  }
}
