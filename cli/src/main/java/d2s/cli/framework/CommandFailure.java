package d2s.cli.framework;

import java.util.List;

/** An exception that knows how the command ends, and what people have to know. */
public interface CommandFailure {

  ExitCode exitCode();

  /** Each with what to do now. */
  List<String> reasons();
}
