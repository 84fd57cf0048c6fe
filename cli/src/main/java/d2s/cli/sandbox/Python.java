package d2s.cli.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Python interpreter that Synapse can run on: 3.10 or newer, able to make virtual environments.
 *
 * @param command how to call it, a name on the PATH or a path
 */
record Python(String command) {
  /** Synapse 1.163 asks for at least this minor version of Python 3 (its package metadata). */
  private static final int OLDEST_MINOR = 10;

  private static final List<String> NAMES =
      List.of("python3", "python3.13", "python3.12", "python3.11", "python3.10", "python");

  private static final Pattern VERSION = Pattern.compile("version (\\d+)\\.(\\d+) venv (\\w+)");

  /** Prints the version and whether the parts that make a virtual environment are installed. */
  private static final String PROBE =
      "import sys, importlib.util as u;"
          + "print('version %d.%d' % sys.version_info[:2], 'venv',"
          + " all(u.find_spec(m) for m in ('venv', 'ensurepip')))";

  /**
   * Looks for an interpreter on the PATH.
   *
   * @throws SynapseUnavailableException if there is none, or only unfit ones
   */
  static Python find() {
    return find(NAMES);
  }

  /** As {@link #find()}, among these names only, tried in this order. */
  static Python find(List<String> names) {
    List<String> unfit = new ArrayList<>();
    for (String name : names) {
      ExternalCommand probe = probe(name);
      Matcher version = VERSION.matcher(probe.output());
      if (!probe.succeeded() || !version.find()) {
        continue;
      }
      int major = Integer.parseInt(version.group(1));
      int minor = Integer.parseInt(version.group(2));
      if (major != 3 || minor < OLDEST_MINOR) {
        unfit.add(name + " is " + major + "." + minor);
      } else if (!version.group(3).equals("True")) {
        unfit.add(name + " cannot make virtual environments (Debian: install python3-venv)");
      } else {
        return new Python(name);
      }
    }
    throw new SynapseUnavailableException(
        "Synapse needs Python 3."
            + OLDEST_MINOR
            + " or newer, and none was found ("
            + (unfit.isEmpty()
                ? "looked for " + String.join(", ", names)
                : String.join("; ", unfit))
            + "). Install one, for example with: apt install python3 python3-venv");
  }

  private static ExternalCommand probe(String name) {
    try {
      Path log = Files.createTempFile("d2s-python", ".log");
      try {
        return ExternalCommand.run(List.of(name, "-c", PROBE), log, Duration.ofSeconds(30));
      } finally {
        Files.delete(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the directory for temporary files", e);
    }
  }
}
