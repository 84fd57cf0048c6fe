package d2s.guide;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every program that a shell block of the guide may name, and what a test makes of it. */
final class Commands {

  /** Run as they are. */
  static final Set<String> TOOLS =
      Set.of("cp", "df", "du", "env", "grep", "install", "ln", "mkdir", "mv");

  /** Run for real, by what this project has of them. */
  static final Set<String> PROGRAMS =
      Set.of("d2s", "update_synapse_database", "createuser", "createdb", "dropdb", "psql");

  /**
   * Not the real thing.
   *
   * @param reason why it cannot run in a test
   * @param script what runs in its place, for sh
   */
  record StandIn(String reason, String script) {
    static StandIn nothing(String reason) {
      return new StandIn(reason, "exit 0");
    }
  }

  /** What runs in the place of programs that need another machine, a person or much time. */
  static final Map<String, StandIn> STAND_INS =
      Map.ofEntries(
          entry("tmux", StandIn.nothing("it is for a terminal")),
          entry("nginx", StandIn.nothing("there is no proxy")),
          entry("sleep", StandIn.nothing("no Dendrite runs that would need the time")),
          entry(
              "chown",
              StandIn.nothing("there is no user matrix-synapse, and the test is not root")),
          entry("journalctl", StandIn.nothing("there is no journal; the test reads Synapse's log")),
          entry(
              "pg_dump", StandIn.nothing("PostgreSQL's client programs are not part of the build")),
          entry(
              "sudo",
              new StandIn("there is only one user here", "[ \"$1\" = -u ]; shift 2; exec \"$@\"")),
          entry(
              "nano",
              new StandIn(
                  "an editor waits for a person; this fills in what the guide says",
                  """
                  PATH=/usr/bin:/bin
                  sed -i.before -e "s/password: FILL IN/password: $SYNAPSE_PASSWORD/" \\
                    -e "s/^    host: localhost/    host: $PGHOST/" -e "s/^    port: 5432/    port: $PGPORT/" \\
                    -e "s/^\\(- *port:\\) 8008/\\1 $SYNAPSE_PORT/" "$1"
                  """)),
          entry("apt", StandIn.nothing("it installs packages of the system")),
          entry("free", StandIn.nothing("it only shows what the machine has")),
          entry("mas-cli", StandIn.nothing("MAS is not part of the build")),
          entry(
              "docker",
              new StandIn(
                  "there are no containers; their programs run outside, with the paths that the"
                      + " folders of the container have here",
                  """
                  PATH="$PATH:/usr/bin:/bin"
                  [ "$1 $2" = "compose exec" ] && { shift 3; exec "$@"; }
                  [ "$1 $2" = "compose run" ] || exit 0
                  while [ "$1" != --entrypoint ]; do shift; done
                  program=$2
                  shift 3
                  sed -e "s|/data/|$PWD/synapse/|" -e "s/host: postgres/host: $PGHOST/" \\
                    -e "s/port: 5432/port: $PGPORT/" synapse/homeserver.yaml >container.yaml
                  [ "$1 $2" = "--database-config /data/homeserver.yaml" ] || exit 1
                  shift 2
                  exec "$program" --database-config container.yaml "$@"
                  """)),
          entry(
              "systemctl",
              new StandIn(
                  "there is no systemd; only Synapse is started and stopped, by itself",
                  """
                  PATH=/usr/bin:/bin
                  case "$*" in *" matrix-synapse") ;; *) exit 0 ;; esac
                  running() {
                    [ -f synapse.pid ] && kill -0 "$(cat synapse.pid)" 2>/dev/null \\
                      && ! grep -q '^State:.*Z' "/proc/$(cat synapse.pid)/status"
                  }
                  listening() {
                    touch synapse.log
                    grep -c 'Synapse now listening' synapse.log || true
                  }
                  case "$1" in
                    stop | disable | restart)
                      ! running || kill "$(cat synapse.pid)"
                      while running; do sleep 0.2; done
                      ;;
                  esac
                  case "$1" in
                    start | enable | restart)
                      [ "${SYNAPSE_STARTS:-yes}" = yes ] || exit 0
                      before=$(listening)
                      "$SYNAPSE" --config-path "$SYNAPSE_CONFIGURATION" </dev/null >>synapse.log 2>&1 &
                      echo $! >synapse.pid
                      for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
                        [ "$(listening)" = "$before" ] || exit 0
                        sleep 1
                      done
                      exit 1
                      ;;
                  esac
                  """)));

  /**
   * Blocks that no test of the guide runs, by page and a part of the block.
   *
   * @see GuideIT#everyBlockWasRun()
   */
  static final Map<String, Map<String, String>> NOT_RUN =
      Map.of(
          "before-you-begin.md",
          Map.of(
              "sha256sum", "the test of the archive runs it in the folder of a release",
              "java -jar", "the test of the archive runs it in the folder of a release",
              "./d2s --version", "it builds the project, which is being built"),
          "ansible-playbook.md",
          Map.of("dendrite_keyserver", "a database for each component is tested with the command"));

  /** Programs of blocks that are not run. */
  private static final Set<String> ELSEWHERE = Set.of("sha256sum", "tar", "java", "./d2s");

  private static final Pattern BETWEEN = Pattern.compile("&&|\\|\\||\\|");
  private static final Set<String> BUILTINS = Set.of("echo", "test", "true");

  private Commands() {}

  /** The programs that a block calls. */
  static List<String> of(Page.Block block) {
    return lines(block)
        .flatMap(line -> Arrays.stream(BETWEEN.split(line)))
        .flatMap(Commands::names)
        .toList();
  }

  /** The command lines of a block. */
  static Stream<String> lines(Page.Block block) {
    return block.text().replace("\\\n", " ").lines().map(String::strip).filter(l -> !l.isEmpty());
  }

  static boolean isKnown(String name) {
    return BUILTINS.contains(name)
        || TOOLS.contains(name)
        || PROGRAMS.contains(name)
        || STAND_INS.containsKey(name)
        || ELSEWHERE.contains(name);
  }

  private static Stream<String> names(String command) {
    String[] words = command.strip().split("\\s+");
    int first = words[0].equals("!") ? 1 : 0;
    return words[first].equals("sudo")
        ? Stream.of("sudo", words[first + 3])
        : Stream.of(words[first]);
  }
}
