package d2s.cli.framework;

import java.util.List;

/** Ends a command with an exit code and what people have to know. */
public final class CommandFailedException extends Exception implements CommandFailure {

  private final ExitCode exitCode;
  private final transient List<String> reasons;

  public CommandFailedException(ExitCode exitCode, String reason) {
    this(exitCode, List.of(reason), null);
  }

  public CommandFailedException(ExitCode exitCode, List<String> reasons, Throwable cause) {
    super(String.join("\n", reasons), cause);
    this.exitCode = exitCode;
    this.reasons = List.copyOf(reasons);
  }

  @Override
  public ExitCode exitCode() {
    return exitCode;
  }

  @Override
  public List<String> reasons() {
    return reasons;
  }
}
