package dev.gitvan.template.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * Where an output goes. The folder is reached once, before anything is rendered, and held; if
 * another one is there when it is needed, that is reached again.
 */
final class OutputPlace implements Closeable {
  /** The same folder may be made by two runs at once, and one then loses its own. */
  private static final int ATTEMPTS = 5;

  private final OutputPath path;
  private OutputFolder folder;

  private OutputPlace(OutputPath path) {
    this.path = path;
  }

  /**
   * Reaches an output's folder, if it is there.
   *
   * @throws dev.gitvan.diagnostics.GitVanException when the output cannot be written there
   */
  static OutputPlace of(OutputPath path) throws IOException {
    var place = new OutputPlace(path);
    boolean free = false;
    try {
      if (place.folder() != null) {
        place.folder.find(path);
      }
      free = true;
      return place;
    } finally {
      if (!free) {
        place.close();
      }
    }
  }

  /** The folder as it is now; null when there is none. */
  OutputFolder folder() throws IOException {
    if (folder != null && !folder.isInPlace(path)) {
      close();
    }
    if (folder == null) {
      folder = OutputFolder.open(path, false).orElse(null);
    }
    return folder;
  }

  /** Makes a temporary file in the folder as it is now, which belongs to that from now on. */
  OutputSpool.Temporary openTemporary() throws IOException {
    folder();
    return openTemporaryHere();
  }

  /** The same in the folder that {@link #folder} has just given. */
  OutputSpool.Temporary openTemporaryHere() throws IOException {
    for (int attempt = 1; ; attempt++) {
      var reached = attempt == 1 ? folder : folder();
      folder = null;
      if (reached == null) {
        reached = OutputFolder.open(path, true).orElseThrow();
      }
      var name = OutputFolder.temporaryName();
      boolean opened = false;
      try {
        var temporary = new OutputSpool.Temporary(reached, name, reached.create(name));
        opened = true;
        return temporary;
      } catch (NoSuchFileException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      } finally {
        if (!opened) {
          reached.removeMadeFolders();
          reached.close();
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    var reached = folder;
    folder = null;
    if (reached != null) {
      reached.close();
    }
  }
}
