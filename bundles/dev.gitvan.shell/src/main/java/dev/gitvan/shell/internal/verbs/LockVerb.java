package dev.gitvan.shell.internal.verbs;

import dev.gitvan.command.Console.Style;
import dev.gitvan.command.GitVanVerb;
import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.git.GitLocks;
import dev.gitvan.git.LockStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gitvan lock}: who has which lock, and taking one away. */
@Component(service = Verb.class, scope = ServiceScope.PROTOTYPE)
@GitVanVerb(name = "lock", description = "Show and release locks")
@Command(name = "lock", description = "Show and release the locks of this repository.")
public final class LockVerb extends VerbSupport {
  private static final List<String> HEADER =
      List.of("lock", "state", "owner", "process", "since", "expires", "epoch");

  private final GitLocks locks;

  @Activate
  public LockVerb(@Reference GitLocks locks) {
    this.locks = locks;
  }

  @Command(
      name = "list",
      description = "List all locks that were ever taken: held, free, expired or unreadable.")
  int list() {
    var all = locks.list(invocation().worktree());
    if (console().json()) {
      console().json("gitvan.locks.v1", Map.of("locks", all.stream().map(LockVerb::map).toList()));
    } else if (all.isEmpty()) {
      console().progress("no locks yet");
    } else {
      console().table(HEADER, all.stream().map(this::row).toList());
    }
    return ExitStatus.OK;
  }

  @Command(
      name = "release",
      description = {
        "Release a lock whose owner has ended or whose lease has expired.",
        "Exits with status 75 if the lock is held; --force releases it anyway."
      })
  int release(
      @Parameters(paramLabel = "NAME", description = "the lock") String name,
      @Option(
              names = "--force",
              description = "release it even if it is held; fenced writes of its owner then fail")
          boolean force) {
    var before = locks.release(invocation().worktree(), name, force);
    if (console().json()) {
      console().json("gitvan.lock.released.v1", Map.of("before", map(before)));
    } else {
      console()
          .out()
          .println(
              before.state() == LockStatus.State.FREE
                  ? name + " was free"
                  : "released " + name + ", which was " + word(before.state()));
    }
    return ExitStatus.OK;
  }

  private List<String> row(LockStatus lock) {
    var state = word(lock.state());
    return List.of(
        lock.name(),
        switch (lock.state()) {
          case HELD -> console().styled(Style.WARNING, state);
          case EXPIRED, UNREADABLE -> console().styled(Style.BAD, state);
          case FREE -> console().styled(Style.FAINT, state);
        },
        lock.owner(),
        lock.pid() == 0 ? "" : lock.pid() + " on " + lock.host(),
        seconds(lock.since()),
        seconds(lock.expires()),
        String.valueOf(lock.epoch()));
  }

  private static Map<String, Object> map(LockStatus lock) {
    var map = new LinkedHashMap<String, Object>();
    map.put("name", lock.name());
    map.put("state", word(lock.state()));
    map.put("epoch", lock.epoch());
    map.put("owner", lock.owner());
    map.put("host", lock.host());
    map.put("pid", lock.pid());
    map.put("since", lock.since() == null ? null : lock.since().toString());
    map.put("expires", lock.expires() == null ? null : lock.expires().toString());
    return map;
  }

  private static String word(LockStatus.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static String seconds(Instant instant) {
    return instant == null ? "" : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
