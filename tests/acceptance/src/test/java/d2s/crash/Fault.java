package d2s.crash;

import java.util.List;
import java.util.regex.Pattern;

/** What can happen in the middle of a run. */
enum Fault {
  KILL("kill -9", Runs.IN_CHILD, "", 137),
  TERM("SIGTERM", Runs.IN_CHILD, "Interrupted", 143, 130),
  INTERRUPT("Ctrl-C", Runs.IN_CHILD, "Interrupted", 130),
  INTERRUPT_TWICE("Ctrl-C twice", Runs.IN_CHILD, "Interrupted", 130),
  SILENCE("network hangs, Ctrl-C", Runs.IN_CHILD, "Interrupted", 130),
  SOURCE_ENDED("source: sessions ended", Runs.HERE, "connection.* lost|terminat", 3, 4),
  SOURCE_CANCELLED("source: queries cancelled", Runs.HERE, "cancel", 3, 4),
  SOURCE_STOPPED(
      "source: server stopped",
      Runs.HERE,
      "connection.* lost|terminat|nothing listens|starting up",
      3,
      4),
  SOURCE_CUT("source: network cut", Runs.HERE, "connection.* lost|I/O error|nothing listens", 3, 4),
  TARGET_ENDED("target: sessions ended", Runs.HERE, "connection.* lost|terminat", 3, 4),
  TARGET_CANCELLED("target: queries cancelled", Runs.HERE, "cancel", 3, 4),
  TARGET_STOPPED(
      "target: server stopped",
      Runs.HERE,
      "connection.* lost|terminat|nothing listens|starting up",
      3,
      4),
  TARGET_CUT("target: network cut", Runs.HERE, "connection.* lost|I/O error|nothing listens", 3, 4),
  TARGET_FULL("target: disk full", Runs.HERE, "disk|No space left", 3, 4),
  TARGET_LOG_FULL(
      "target: disk of its log full",
      Runs.HERE,
      "connection.* lost|terminat|nothing listens|starting up|recovery|No space left",
      3,
      4),
  MEDIA_FULL("media: disk full", Runs.HERE, "disk|[Nn]o space left|room", 3, 4);

  /** Where the tool runs. */
  enum Runs {
    IN_CHILD,
    HERE
  }

  private final String title;
  private final Runs runs;
  private final Pattern said;
  private final int[] exitCodes;

  Fault(String title, Runs runs, String said, int... exitCodes) {
    this.title = title;
    this.runs = runs;
    this.said = Pattern.compile(said);
    this.exitCodes = exitCodes;
  }

  String title() {
    return title;
  }

  /** Where it is tried if not everywhere: where it has something to break. */
  List<String> fewPoints() {
    return switch (this) {
      case KILL, TARGET_ENDED, TARGET_STOPPED -> List.of("45 %", "committed");
      case INTERRUPT -> List.of("45 %", "commit");
      case TARGET_CANCELLED, TARGET_CUT -> List.of("index", "commit");
      case SILENCE -> List.of("committed");
      case SOURCE_ENDED, SOURCE_CANCELLED, SOURCE_STOPPED, SOURCE_CUT, TARGET_LOG_FULL ->
          List.of("45 %");
      case TERM, INTERRUPT_TWICE, TARGET_FULL -> List.of("index");
      case MEDIA_FULL -> List.of("files");
    };
  }

  boolean isInChild() {
    return runs == Runs.IN_CHILD;
  }

  /** Whether only a user who may mount a file system can try it. */
  boolean needsMount() {
    return this == TARGET_FULL || this == TARGET_LOG_FULL || this == MEDIA_FULL;
  }

  boolean isToldBy(String output) {
    return said.matcher(output).find();
  }

  boolean mayEndWith(int exitCode) {
    for (int one : exitCodes) {
      if (one == exitCode) {
        return true;
      }
    }
    return false;
  }
}
