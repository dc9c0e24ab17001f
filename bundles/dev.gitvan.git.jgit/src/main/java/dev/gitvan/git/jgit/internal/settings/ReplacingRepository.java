package dev.gitvan.git.jgit.internal.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * JGit's repository, whose readers follow replace refs and grafts. Its object database reads what
 * is stored.
 */
public final class ReplacingRepository extends FileRepository {
  /** A change within so many nanoseconds before a reading may look like none. */
  private static final long TICK = 20_000_000L;

  private final boolean enabled;
  private final Path grafts;
  private final List<Path> files;
  private volatile Known known = new Known(List.of(), 0, Replacements.NONE);

  private record Known(List<ConfigFiles.Stamp> stamps, long readAt, Replacements replacements) {}

  /**
   * @param enabled whether replace refs count, if the configuration does not forbid it
   */
  ReplacingRepository(BaseRepositoryBuilder<?, ?> builder, boolean enabled) throws IOException {
    super(builder);
    this.enabled = enabled;
    var common = getCommonDirectory().toPath();
    this.grafts = common.resolve("info/grafts");
    this.files = List.of(common.resolve("refs/replace"), common.resolve("packed-refs"), grafts);
  }

  @Override
  public ObjectReader newObjectReader() {
    return reading(super.newObjectReader());
  }

  /** A reader that reads the replacements of what another one reads. */
  public ObjectReader reading(ObjectReader stored) {
    var replacements = replacements();
    return replacements.isEmpty() ? stored : new ReplacingReader(stored, replacements);
  }

  private Replacements replacements() {
    var last = known;
    long now = System.currentTimeMillis() * 1_000_000L;
    var stamps = files.stream().map(ConfigFiles.Stamp::of).toList();
    boolean settled = stamps.stream().allMatch(stamp -> stamp.modified() <= last.readAt() - TICK);
    if (settled && stamps.equals(last.stamps())) {
      return last.replacements();
    }
    try {
      boolean replacing = enabled && getConfig().getBoolean("core", "usereplacerefs", true);
      var read = Replacements.read(getRefDatabase(), replacing, grafts);
      known = new Known(stamps, now, read);
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
