package d2s.cli.demo;

import d2s.cli.connection.Database;
import d2s.cli.framework.Command;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.framework.Redaction;
import d2s.cli.layout.DendritePlaces;
import d2s.cli.layout.DendriteSource;
import d2s.cli.layout.StagingPlace;
import d2s.cli.migration.MigrationRun;
import d2s.cli.options.MappingOptions;
import d2s.cli.output.Format;
import d2s.cli.output.ResultDocument;
import d2s.cli.output.Table;
import d2s.cli.sandbox.SynapseDatabase;
import d2s.cli.sandbox.SynapseInstallation;
import d2s.cli.sandbox.SynapseProcess;
import d2s.cli.sandbox.TemporaryPostgres;
import d2s.engine.Engine;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.MappingSet;
import d2s.engine.result.RunResult;
import d2s.engine.run.RunOptions;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.catalog.BundledRecordings;
import d2s.matrix.catalog.SqliteCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code d2s demo}. */
@CommandLine.Command(
    name = "demo",
    description = {
      "Show a whole migration on this machine: an embedded PostgreSQL with the recorded database of a"
          + " Dendrite that people used, a fresh Synapse, the migration, and the same people going"
          + " on with the access tokens that Dendrite gave them.",
      "",
      "Needs Python 3.10 or newer. The first time it installs Synapse for itself. Everything else"
          + " lives in a temporary directory; nothing is left running.",
      ""
    })
public final class DemoCommand extends Command {

  private static final String DENDRITE = "dendrite";
  private static final String SYNAPSE = "synapse";
  private static final String STAGING = "staging";

  /** How the recorded Dendrite keeps its tables. */
  private enum Layout {
    postgresql,
    sqlite
  }

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description = {
        "How the recorded Dendrite keeps its tables: ${COMPLETION-CANDIDATES}.",
        "Default: ${DEFAULT-VALUE}."
      })
  private Layout layout = Layout.postgresql;

  @Mixin private MappingOptions mappingOptions;

  public DemoCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    long start = System.nanoTime();
    try (DemoEnvironment stage = new DemoEnvironment()) {
      Thread performer = Thread.currentThread();
      interruption.install(
          "Interrupted. Cleaning up ...",
          () -> {
            // In this order: a PostgreSQL that is interrupted while it starts cannot be stopped.
            stage.end();
            performer.interrupt();
          },
          () ->
              stage.end()
                  ? "Everything was stopped and removed."
                  : "The directory " + stage.postgres().directory() + " could not be removed.");
      ExitCode exitCode = perform(stage, console, document);
      console.print("");
      console.print(
          (exitCode == ExitCode.DONE ? "All is as it was with Dendrite" : "Not all is as it was")
              + "; "
              + Format.seconds(Duration.ofNanos(System.nanoTime() - start))
              + " s. Now everything is stopped and removed again.");
      return exitCode;
    }
  }

  private ExitCode perform(DemoEnvironment stage, Console console, ResultDocument document)
      throws Exception {
    console.print(
        "1. Synapse " + SynapseInstallation.SYNAPSE_VERSION + " (installed the first time)");
    SynapseInstallation installation = SynapseInstallation.atDefaultPlace();

    console.print("2. An embedded PostgreSQL");
    TemporaryPostgres postgres = stage.postgres();
    postgres.start();
    postgres.createDatabase(DENDRITE);
    postgres.createDatabase(SYNAPSE);

    List<String> recordings = BundledRecordings.names();
    String recording = recordings.get(recordings.size() - 1);
    List<DemoLogin> logins;
    try (Connection dendrite = postgres.connect(DENDRITE)) {
      Map<String, Long> rows = BundledRecordings.restore(recording, dendrite);
      logins = DemoLogin.read(dendrite);
      console.print(
          "3. The database of "
              + recording
              + ": "
              + Format.count(rows.get("userapi_accounts"))
              + " users, "
              + Format.count(rows.get("roomserver_rooms"))
              + " rooms, "
              + Format.count(rows.get("roomserver_events"))
              + " events");
    }
    String serverName = serverName(logins);
    Optional<Layouts> layouts = mappingOptions.loadLayouts();
    if (layout == Layout.sqlite) {
      writeFiles(postgres, recording, layouts.orElseThrow(), console);
    }

    console.print("4. A fresh Synapse database for " + serverName);
    SynapseDatabase synapseDatabase = postgres.synapseDatabase(SYNAPSE);
    installation.initialise(
        synapseDatabase, serverName, postgres.directory().resolve("initialisation"));

    console.print("5. The migration");
    console.print("");
    RunResult result = migrate(postgres, layouts, serverName, console);
    document.run(result, false);
    if (!result.findings().isEmpty()) {
      return ExitCode.FINDINGS;
    }

    console.print("6. Synapse starts on the result");
    SynapseProcess synapse = stage.startSynapse(installation, serverName, synapseDatabase);
    synapse.awaitAnswer();

    console.print("7. Everybody goes on with the access token that Dendrite gave them");
    console.print("");
    List<String> differences = ask(new DemoClient(synapse.address()), logins, console);
    synapse
        .errors()
        .forEach(line -> differences.add("Synapse logged an error: " + Redaction.of(line)));
    document.put("differences", differences);
    differences.forEach(difference -> console.print("- " + difference));
    return differences.isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  /** From here on the recorded Dendrite is files; its database is gone. */
  private static void writeFiles(
      TemporaryPostgres postgres, String recording, Layouts layouts, Console console)
      throws SQLException, IOException {
    Path folder = Files.createDirectory(postgres.directory().resolve(DENDRITE));
    try (Connection dendrite = postgres.connect(DENDRITE)) {
      SqliteCopy.write(dendrite, BundledCatalogs.read(recording), layouts, folder);
    }
    postgres.createDatabase(STAGING);
    console.print("   kept in SQLite files in " + folder);
  }

  private DendriteSource open(
      TemporaryPostgres postgres, Optional<Layouts> layouts, MappingSet set, Console console)
      throws Exception {
    boolean files = layout == Layout.sqlite;
    DendritePlaces places =
        files
            ? DendritePlaces.ofOptions(
                List.of(postgres.directory().resolve(DENDRITE).toString()),
                context().surroundings())
            : DendritePlaces.of(postgres.settings(DENDRITE));
    StagingPlace staging =
        new StagingPlace(
            files ? Optional.of(postgres.settings(STAGING)) : Optional.empty(),
            postgres.directory());
    return DendriteSource.open(places, staging, layouts, set, true, false, console, null);
  }

  private RunResult migrate(
      TemporaryPostgres postgres, Optional<Layouts> layouts, String serverName, Console console)
      throws Exception {
    MappingSet set = mappingOptions.load();
    try (DendriteSource source = open(postgres, layouts, set, console);
        Database target = Database.open("Synapse", postgres.settings(SYNAPSE))) {
      RunOptions options =
          new RunOptions(false, false, Set.of(), Map.of("server_name", serverName));
      RunResult result =
          source.withSkipped(
              MigrationRun.execute(
                  new Engine(set).migration(source.database(), target, options), console));
      MigrationRun.report(result, false, console);
      return result;
    }
  }

  /** Compares what Synapse answers with what Dendrite knew, and lets two people talk. */
  private static List<String> ask(DemoClient client, List<DemoLogin> logins, Console console)
      throws IOException, InterruptedException {
    List<String> differences = new ArrayList<>();
    Table table =
        new Table(
            Table.Column.text("User"),
            Table.Column.text("Device"),
            Table.Column.text("Who am I?"),
            Table.Column.number("Rooms before"),
            Table.Column.number("Rooms now"));
    for (DemoLogin login : logins) {
      boolean known = client.knows(login);
      SortedSet<String> rooms = client.joinedRooms(login);
      if (!known) {
        differences.add(login.user() + " is not known by the token of " + login.device());
      }
      if (!rooms.equals(login.rooms())) {
        differences.add(login.user() + " is not in the same rooms as before");
      }
      table.row(
          login.user(),
          login.device(),
          known ? "the same" : "unknown",
          Format.count(login.rooms().size()),
          Format.count(rooms.size()));
    }
    console.print(table.lines(console.screen().width()));
    console.print("");
    Optional<String> talk = talk(client, logins);
    if (talk.isEmpty()) {
      differences.add("nobody could send a message that somebody else sees");
    }
    talk.ifPresent(console::print);
    return differences;
  }

  /** Finds two people in one room, of whom one may send there. */
  private static Optional<String> talk(DemoClient client, List<DemoLogin> logins)
      throws IOException, InterruptedException {
    for (DemoLogin speaker : logins) {
      for (DemoLogin listener : logins) {
        for (String room : speaker.rooms()) {
          if (speaker.user().equals(listener.user()) || !listener.rooms().contains(room)) {
            continue;
          }
          Optional<String> event = client.send(speaker, room, "Hello from Synapse");
          if (event.isPresent() && client.newestEvent(listener, room).equals(event.get())) {
            return Optional.of(
                speaker.user()
                    + " sends a message to the old room "
                    + room
                    + ", and "
                    + listener.user()
                    + " reads it.");
          }
        }
      }
    }
    return Optional.empty();
  }

  private static String serverName(List<DemoLogin> logins) {
    String user = logins.get(0).user();
    return user.substring(user.indexOf(':') + 1);
  }
}
