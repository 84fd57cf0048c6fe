package d2s.benchmark;

import d2s.cli.output.ProgressDisplay;
import d2s.cli.output.Terminal;
import d2s.engine.Engine;
import d2s.engine.files.CopyMode;
import d2s.engine.files.StoreFolders;
import d2s.engine.run.RunOptions;
import d2s.engine.transfer.FileOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Holds what the bar of a run says against what came true, and prints what parts of it cost. */
@Command(
    name = "bar",
    mixinStandardHelpOptions = true,
    description = {
      "Migrates once, rolls back, and prints what the bar said at a quarter, a half and three",
      "quarters of the time, beside what was true. Then the costs, as costs.properties has them."
    })
public final class Bar implements Callable<Integer> {

  private static final String SET = "dendrite-to-synapse";
  private static final int WIDTH = 120;

  @Option(names = "--source", required = true, description = "A Dendrite: jdbc:postgresql://...")
  private String source;

  @Option(names = "--target", required = true, description = "A fresh Synapse: jdbc:...")
  private String target;

  @Option(names = "--server-name", required = true, description = "Of the Dendrite.")
  private String serverName;

  @Option(names = "--media", description = "Its media folder; default: without files.")
  private Path media;

  @Option(names = "--media-to", description = "Where the files go.")
  private Path mediaTo;

  private Bar() {}

  /** Runs the program. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new Bar()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    StringWriter screen = new StringWriter();
    PrintWriter writer = new PrintWriter(screen, true);
    FileOptions files =
        media == null
            ? FileOptions.NONE
            : FileOptions.of(Map.of("media", new StoreFolders(media, mediaTo)), CopyMode.COPY);
    RunOptions options =
        new RunOptions(false, false, Set.of(), Map.of("server_name", serverName), files);
    try (ProgressDisplay display =
            ProgressDisplay.start(new Terminal(writer, writer, true, WIDTH), false);
        BarWatch watch = new BarWatch(display, screen)) {
      new Engine(Engine.loadResources(SET))
          .migration(database(source), database(target), options)
          .run(watch);
      watch.report(System.out);
    }
    return 0;
  }

  private static PGSimpleDataSource database(String url) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(url);
    return database;
  }
}
