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
  static final Set<String> TOOLS = Set.of("cp", "env", "grep", "mv");

  /** Run for real, by what this project has of them. */
  static final Set<String> PROGRAMS =
      Set.of("d2s", "update_synapse_database", "createuser", "createdb", "dropdb");

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

  /** Programs of the pages that are run in order. */
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
          entry(
              "systemctl",
              new StandIn(
                  "there is no systemd; only the start of Synapse is done, by Synapse's own"
                      + " program",
                  """
                  [ "$*" = "enable --now matrix-synapse" ] || exit 0
                  PATH=/usr/bin:/bin
                  "$SYNAPSE" --config-path "$SYNAPSE_CONFIGURATION" </dev/null >synapse.log 2>&1 &
                  echo $! >synapse.pid
                  for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
                    grep -q 'Synapse now listening' synapse.log && exit 0
                    sleep 1
                  done
                  exit 1
                  """)));

  /** Programs of other pages: nothing of this project, and not there in a test. */
  static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          entry("apt", "installs packages of the system"),
          entry("sha256sum", "of the page about getting a release"),
          entry("tar", "unpacks a release"),
          entry("java", "runs the jar, which the launcher does too"),
          entry("./d2s", "the launcher of a checkout builds the project"),
          entry("ln", "makes a link in a folder of the system"),
          entry("df", "shows what this machine has"),
          entry("free", "shows what this machine has"),
          entry("du", "shows what this machine has"),
          entry("psql", "PostgreSQL's client programs are not part of the build"),
          entry("docker", "there are no containers"),
          entry("mkdir", "of the page about containers"),
          entry("install", "of the page about NixOS"),
          entry("mas-cli", "MAS is not part of the build"));

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
        || ELSEWHERE.containsKey(name);
  }

  private static Stream<String> names(String command) {
    String[] words = command.strip().split("\\s+");
    int first = words[0].equals("!") ? 1 : 0;
    return words[first].equals("sudo")
        ? Stream.of("sudo", words[first + 3])
        : Stream.of(words[first]);
  }
}
