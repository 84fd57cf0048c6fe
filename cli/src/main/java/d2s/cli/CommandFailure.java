package d2s.cli;

import java.util.List;

/** Ends a command with an exit code and what people have to know. */
final class CommandFailure extends Exception {

  private final ExitCode exitCode;
  private final transient List<String> reasons;

  CommandFailure(ExitCode exitCode, String reason) {
    this(exitCode, List.of(reason), null);
  }

  CommandFailure(ExitCode exitCode, List<String> reasons, Throwable cause) {
    super(String.join("\n", reasons), cause);
    this.exitCode = exitCode;
    this.reasons = List.copyOf(reasons);
  }

  ExitCode exitCode() {
    return exitCode;
  }

  List<String> reasons() {
    return reasons;
  }
}
