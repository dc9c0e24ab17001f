package dev.gitvan.template.internal;

import dev.gitvan.config.Section;
import dev.gitvan.config.Setting;
import dev.gitvan.config.SettingType;

/** The section {@code files} of the configuration. */
final class FileSettings {
  private static final Section.Builder FILES =
      Section.named("files", "Files that templates write.");

  /** {@code files.rate}, in bytes per second; 0 means no limit. */
  static final Setting<Long> RATE =
      FILES.add(
          "rate",
          SettingType.rate(1L << 10, 1L << 40),
          0L,
          "Maximum number of bytes per second that templates write to files, in one process.");

  static final Section SECTION = FILES.build();

  private FileSettings() {}
}
