package dev.gitvan.git.jgit.internal.objects;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.git.DamagedObjectException;
import dev.gitvan.git.GitObjects;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.git.jgit.internal.settings.UserSettings;
import dev.gitvan.git.jgit.internal.write.LooseObjects;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.RefDirectory;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Objects read and written with JGit, refs moved as {@link OwnRef} does. */
@Component(service = SharedService.class)
@GitVanSharedService(type = GitObjects.class)
public final class JGitObjects implements GitObjects, SharedService {
  /** More than any value of a cache. */
  private static final int MAX_BYTES = 64 << 20;

  private final Repositories repositories;
  private final UserSettings user;

  @Activate
  public JGitObjects(@Reference Repositories repositories) {
    this.repositories = repositories;
    this.user = repositories.user();
  }

  private interface Operation<T> {
    T on(Repository repository) throws IOException;
  }

  private interface Writing {
    ObjectId with(ObjectInserter objects) throws IOException;
  }

  private Opened open(RepositoryId id) {
    var directory = id.commonDir();
    var root = directory.endsWith(".git") ? directory.getParent() : null;
    return repositories.open(new WorktreeId(directory, id, root));
  }

  /** Young although they were there already, so that Git does not collect them at once. */
  private String write(RepositoryId id, Writing writing) throws IOException {
    try {
      var opened = open(id);
      try (var repository = opened.repository();
          var objects = LooseObjects.of(opened)) {
        var written = writing.with(objects);
        objects.flush();
        return written.name();
      }
    } catch (GitVanException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private <T> T in(RepositoryId id, Operation<T> operation) throws IOException {
    try (var repository = open(id).repository()) {
      return operation.on(repository);
    } catch (GitVanException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public Optional<String> ref(RepositoryId id, String name) throws IOException {
    return in(
        id,
        repository ->
            Optional.ofNullable(repository.exactRef(name))
                .map(ref -> ref.getObjectId())
                .map(ObjectId::name));
  }

  @Override
  public Map<String, String> refs(RepositoryId id, String prefix) throws IOException {
    return in(
        id,
        repository -> {
          var found = new TreeMap<String, String>();
          for (var ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
            if (ref.getObjectId() != null) {
              found.put(ref.getName(), ref.getObjectId().name());
            }
          }
          return found;
        });
  }

  @Override
  public boolean moveRef(RepositoryId id, String name, String expected, String next)
      throws IOException {
    if (!name.startsWith(OWN_REFS) || !Repository.isValidRefName(name)) {
      throw new IllegalArgumentException("not a ref of GitVan's own: " + name);
    }
    ObjectId.fromString(next);
    return in(
        id,
        repository -> {
          if (!(repository.getRefDatabase() instanceof RefDirectory)) {
            throw new IOException("refs are not kept in files");
          }
          return new OwnRef(id, name).move(expected, next, () -> current(repository, name));
        });
  }

  private static String current(Repository repository, String name) throws IOException {
    var ref = repository.exactRef(name);
    return ref == null || ref.getObjectId() == null ? null : ref.getObjectId().name();
  }

  @Override
  public Optional<byte[]> blob(RepositoryId id, String object) throws IOException {
    return in(id, repository -> read(repository, object, Constants.OBJ_BLOB));
  }

  @Override
  public Optional<List<TreeEntry>> tree(RepositoryId id, String object) throws IOException {
    return in(
        id, repository -> read(repository, object, Constants.OBJ_TREE).map(bytes -> parse(bytes)));
  }

  private static Optional<byte[]> read(Repository repository, String name, int type)
      throws IOException {
    var id = ObjectId.fromString(name);
    try (var reader = repository.getObjectDatabase().newReader()) {
      var bytes = reader.open(id, type).getCachedBytes(MAX_BYTES);
      // Neither JGit nor Git itself compares what it reads with the id.
      try (var formatter = new ObjectInserter.Formatter()) {
        if (!formatter.idFor(type, bytes).equals(id)) {
          throw new DamagedObjectException(name, null);
        }
      }
      return Optional.of(bytes);
    } catch (MissingObjectException e) {
      return Optional.empty();
    } catch (CorruptObjectException | LargeObjectException e) {
      throw new DamagedObjectException(name, e);
    } catch (RuntimeException e) {
      // JGit trusts the headers of loose objects more than it should.
      throw new DamagedObjectException(name, e);
    }
  }

  private static List<TreeEntry> parse(byte[] bytes) {
    var entries = new ArrayList<TreeEntry>();
    var parser = new CanonicalTreeParser();
    for (parser.reset(bytes); !parser.eof(); parser = parser.next()) {
      entries.add(
          new TreeEntry(
              parser.getEntryPathString(),
              FileMode.TREE.equals(parser.getEntryRawMode()),
              parser.getEntryObjectId().name()));
    }
    return entries;
  }

  @Override
  public String writeBlob(RepositoryId id, byte[] content, boolean again) throws IOException {
    return again
        ? in(id, repository -> LooseBlob.rewrite(repository, content).name())
        : write(id, objects -> objects.insert(Constants.OBJ_BLOB, content));
  }

  @Override
  public String writeTree(RepositoryId id, List<TreeEntry> entries) throws IOException {
    var tree = new TreeFormatter();
    // Git sorts a tree's name as if it ended with a slash.
    entries.stream()
        .sorted(Comparator.comparing(entry -> entry.name() + (entry.tree() ? "/" : "")))
        .forEach(
            entry ->
                tree.append(
                    entry.name(),
                    entry.tree() ? FileMode.TREE : FileMode.REGULAR_FILE,
                    ObjectId.fromString(entry.id())));
    return write(id, objects -> objects.insert(tree));
  }

  @Override
  public List<String> userSetting(String key) {
    int dot = key.indexOf('.');
    return List.of(
        user.protectedConfig().getStringList(key.substring(0, dot), null, key.substring(dot + 1)));
  }
}
