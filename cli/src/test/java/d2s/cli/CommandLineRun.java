package d2s.cli;

import d2s.cli.framework.Context;
import d2s.cli.framework.Environment;
import d2s.cli.output.Terminal;
import d2s.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a command printed and how it ended.
 *
 * @param all both outputs, for tests that something is in neither
 */
public record CommandLineRun(int exitCode, String out, String err, String all) {

  /** Runs a command in this process, away from the environment of the user. */
  public static CommandLineRun of(String... arguments) {
    return with(Map.of(), arguments);
  }

  static CommandLineRun with(Map<String, String> variables, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Context context =
        new Context(
            new Terminal(new PrintWriter(out), new PrintWriter(err), false, 120),
            new Environment(variables, "somebody", Path.of("/nonexistent"), List.of()));
    int exitCode = Main.run(context, arguments);
    return new CommandLineRun(exitCode, out.toString(), err.toString(), out + "\n" + err);
  }

  /** The connection string of a database of the tests. */
  public static String connection(TestDatabase database) {
    return "host=%s port=%d dbname=%s user=%s password=%s"
        .formatted(
            database.host(),
            database.port(),
            database.name(),
            database.user(),
            database.password().isEmpty() ? "unused" : database.password());
  }
}
