package d2s.cli.layout;

import d2s.cli.connection.ConnectionFailedException;
import d2s.cli.connection.ConnectionSettings;
import d2s.cli.connection.Database;
import d2s.cli.connection.IoReason;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.output.Format;
import d2s.cli.output.ProgressDisplay;
import d2s.engine.Engine;
import d2s.engine.Job;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.MappingSet;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.result.Skipped;
import d2s.engine.staging.Distribution;
import d2s.engine.staging.Origin;
import d2s.matrix.catalog.BundledCatalogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Dendrite's database in any layout. One PostgreSQL database is used as it is; several, or SQLite
 * files, are first brought together in a database that is gone when this is closed.
 */
public final class DendriteSource implements AutoCloseable {

  private final Console console;
  private final InterruptHandler interruption;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final List<Database> parts = new CopyOnWriteArrayList<>();

  /** Of a temporary PostgreSQL; null without one. */
  private Path stagingFolder;

  private Database database;
  private Distribution distribution;
  private String description;
  private List<Skipped> skipped = List.of();
  private Duration copied = Duration.ZERO;

  private DendriteSource(Console console, InterruptHandler interruption) {
    this.console = console;
    this.interruption = interruption;
  }

  private static final String MISSING_RIGHT = "42501";

  /** With less than this nothing can be written any more. */
  private static final long NO_ROOM_BYTES = 1_000_000;

  /**
   * Opens it.
   *
   * @param staging where several are brought together
   * @param layouts where it may keep its tables; empty if it is always one database
   * @param loading whether what is read is going to stay in a target
   * @param strict whether a row that cannot be read ends everything
   * @param interruption null if the caller ends everything by itself
   * @throws PreconditionFailedException if it is not whole, too old, or in use
   * @throws MigrationFailedException if it cannot be brought together
   */
  public static DendriteSource open(
      DendritePlaces places,
      StagingPlace staging,
      Optional<Layouts> layouts,
      MappingSet set,
      boolean loading,
      boolean strict,
      Console console,
      InterruptHandler interruption)
      throws CommandFailedException, ConnectionFailedException, SQLException, IOException {
    DendriteSource source = new DendriteSource(console, interruption);
    try {
      source.description = places.describe();
      if (places.single().isPresent()) {
        source.openSingle(places.single().get(), layouts);
      } else if (layouts.isEmpty()) {
        throw new CommandFailedException(
            ExitCode.USAGE,
            "Dendrite has "
                + places.describe()
                + ", but there is no layouts.yaml beside the mapping files, which says what is"
                + " where");
      } else {
        source.stage(places, staging, set, layouts.get(), loading, strict);
      }
      return source;
    } catch (IOException
        | SQLException
        | ConnectionFailedException
        | CommandFailedException
        | RuntimeException
        | Error e) {
      source.close();
      throw e;
    }
  }

  private void openSingle(ConnectionSettings settings, Optional<Layouts> layouts)
      throws ConnectionFailedException, SQLException {
    database = keep(Database.open("Dendrite", settings));
    if (layouts.isPresent() && !isLocked(database)) {
      try (Origin origin = Engine.origin("the " + settings.describe(), database.getConnection())) {
        Distribution found =
            Engine.distribution(
                layouts.get(),
                BundledCatalogs.newest("dendrite"),
                List.of(new Distribution.Place(origin, null)));
        // A database without any of the tables is another one; the check of the marker says so.
        if (!found.components().get(origin).isEmpty()) {
          refuse(found);
        }
      } catch (SQLException e) {
        if (!MISSING_RIGHT.equals(e.getSQLState())) {
          throw e;
        }
        // The checks that follow say which right.
      }
    }
  }

  private static boolean isLocked(Database database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return ExclusiveLocks.areHeld(connection);
    }
  }

  private void stage(
      DendritePlaces places,
      StagingPlace staging,
      MappingSet set,
      Layouts layouts,
      boolean loading,
      boolean strict)
      throws ConnectionFailedException, SQLException, IOException {
    refuseFilesInUse(places);
    for (Path folder : StagingDirectory.removeLeftOvers(staging.directory())) {
      console.warn("removed what an earlier run left when it was killed: " + folder);
    }
    // Before the folder is made, so that it is always removed.
    onInterrupt(
        "Interrupted.",
        () -> parts.forEach(Database::cancel),
        () -> "Dendrite's databases and files were only read.");
    StagingDirectory directory = keep(create(staging));
    checkRoomForFiles(places, staging, directory.path());
    List<Distribution.Place> origins = origins(places, layouts, set, loading, directory.path());
    distribution = Engine.distribution(layouts, BundledCatalogs.newest("dendrite"), origins);
    refuse(distribution);
    long bytes = 0;
    for (Distribution.Place place : origins) {
      bytes += place.origin().bytes();
    }
    if (staging.database().isEmpty()) {
      // The copies of files are there by now.
      StagingArea.checkRoom(directory.path(), bytes, 0);
      stagingFolder = staging.directory();
    }
    console.log(
        "Dendrite has "
            + places.describe()
            + " ("
            + Format.count((bytes + 999_999) / 1_000_000)
            + " MB). They are first copied into "
            + staging
                .database()
                .map(given -> "the " + given.describe())
                .orElse("a temporary PostgreSQL")
            + ".");
    StagingArea area =
        keep(
            staging.database().isPresent()
                ? StagingArea.given(staging.database().get())
                : StagingArea.temporary(directory));
    Database staged = keep(Database.open("Dendrite", area.settings()));
    database = staged;
    long start = System.nanoTime();
    copy(layouts, staged, area, strict);
    copied = Duration.ofNanos(System.nanoTime() - start);
    console.log("All of it was brought together in " + Format.seconds(copied) + " s.");
    // The copy is all that is read from now on.
    origins.forEach(place -> place.origin().close());
  }

  private static StagingDirectory create(StagingPlace staging) {
    try {
      return StagingDirectory.create(staging.directory());
    } catch (IOException e) {
      throw new PreconditionFailedException(
          "staging",
          List.of(
              "No folder can be made in "
                  + staging.directory()
                  + ": "
                  + IoReason.of(e)
                  + ". Name another one with --staging-dir DIR."));
    }
  }

  /** Before files are opened, because some are copied then. */
  private static void checkRoomForFiles(DendritePlaces places, StagingPlace staging, Path folder)
      throws IOException {
    long bytes = 0;
    long copies = 0;
    for (Place place : places.places()) {
      if (place.file().isPresent() && Files.isReadable(place.file().get())) {
        long size = Engine.bytesOf(place.file().get());
        bytes += size;
        copies += Engine.isCopiedToBeRead(place.file().get()) ? size : 0;
      }
    }
    if (staging.database().isPresent()) {
      StagingArea.checkRoomForCopies(folder, copies);
    } else {
      StagingArea.checkRoom(folder, bytes, copies);
    }
  }

  private void copy(Layouts layouts, Database staged, StagingArea area, boolean strict)
      throws SQLException {
    Progress progress = Progress.silent();
    if (!console.json()) {
      progress = ProgressDisplay.start(console.screen(), console.verbosity() > 0);
    }
    try {
      Job<List<Skipped>> staging =
          Engine.staging(layouts, BundledCatalogs.newest("dendrite"), distribution, staged, strict);
      onInterrupt(
          "Interrupted. Removing the copy ...",
          () -> {
            staging.stop();
            staged.cancel();
            parts.forEach(Database::cancel);
            area.end();
          },
          () -> "The copy was removed; Dendrite's databases and files were only read.");
      skipped = staging.run(progress);
    } finally {
      if (progress instanceof ProgressDisplay display) {
        display.close();
      }
    }
  }

  private void onInterrupt(String announcement, Runnable giveUp, Supplier<String> conclusion) {
    if (interruption != null) {
      interruption.install(announcement, giveUp, conclusion);
    }
  }

  private void refuseFilesInUse(DendritePlaces places) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Place place : places.places()) {
      place.file().ifPresent(files::add);
    }
    Set<String> users = Engine.usersOf(files);
    if (!users.isEmpty()) {
      throw new PreconditionFailedException(
          "dendrite-stopped",
          List.of(
              "Dendrite seems to be running: "
                  + String.join("; ", users)
                  + ". SQLite files can only be read while nobody writes to them. Stop it, and run"
                  + " this again."));
    }
    if (!Engine.knowsUsersOf(files)) {
      console.warn(
          "the SQLite files belong to another user, and d2s cannot see whether a process of that"
              + " user has them open. Make sure that Dendrite is stopped");
    }
  }

  /** Opens all of them before anything is copied: each is seen as it is now. */
  private List<Distribution.Place> origins(
      DendritePlaces places, Layouts layouts, MappingSet set, boolean loading, Path workspace)
      throws ConnectionFailedException, SQLException, IOException {
    List<Distribution.Place> origins = new ArrayList<>();
    for (Place place : places.places()) {
      if (place.file().isPresent()) {
        origins.add(
            new Distribution.Place(
                keep(openFile(place.file().get(), layouts, workspace)), place.components()));
      } else {
        ConnectionSettings settings = place.postgres().orElseThrow();
        Database one = keep(Database.open("Dendrite", settings));
        parts.add(one);
        if (loading) {
          refuseUsers(set, one);
        }
        origins.add(
            new Distribution.Place(
                keep(Engine.origin("the " + settings.describe(), one.getConnection())),
                place.components()));
      }
    }
    return origins;
  }

  private static Origin openFile(Path file, Layouts layouts, Path workspace) throws SQLException {
    try {
      return Engine.origin(file, layouts, workspace);
    } catch (IOException e) {
      throw new PreconditionFailedException(
          "dendrite-layout",
          List.of(
              (e.getMessage() == null || !e.getMessage().contains(" ")
                      ? file + " cannot be read; may this user read it?"
                      : e.getMessage())
                  + "."));
    } catch (SQLException e) {
      throw new PreconditionFailedException("dendrite-layout", List.of(e.getMessage() + "."));
    }
  }

  /** What must hold of the source before a load must hold of each of its databases. */
  private static void refuseUsers(MappingSet set, Database one) throws SQLException {
    try (Connection connection = one.getConnection()) {
      new Engine(set).checkPart(connection);
    }
  }

  private static void refuse(Distribution distribution) {
    if (!distribution.problems().isEmpty()) {
      throw new PreconditionFailedException("dendrite-layout", distribution.problems());
    }
  }

  private <T extends AutoCloseable> T keep(T resource) {
    opened.push(resource);
    return resource;
  }

  /** The database in which everything is. */
  public Database database() {
    return database;
  }

  /** For people: where it comes from. */
  public String describe() {
    return description;
  }

  /** Rows that could not be read; nothing else knows of them. */
  public List<Skipped> skipped() {
    return skipped;
  }

  /** The result of a run with what was left out before it. */
  public RunResult withSkipped(RunResult result) {
    if (skipped.isEmpty()) {
      return result;
    }
    return new RunResult(
        result.stores(),
        result.steps(),
        Stream.concat(skipped.stream(), result.skipped().stream()).toList(),
        result.findings(),
        result.checks(),
        result.counted(),
        result.elapsed(),
        result.committed());
  }

  /** For people: which database or file is what; empty if it is one database. */
  public List<String> layout() {
    List<String> lines = new ArrayList<>();
    if (distribution != null) {
      distribution
          .components()
          .forEach(
              (origin, components) ->
                  lines.add(
                      origin.name()
                          + ": "
                          + (components.isEmpty()
                              ? "nothing that is needed"
                              : String.join(", ", components))));
      distribution.unused().forEach(table -> lines.add("the rows of " + table + " are not needed"));
    }
    return lines;
  }

  /** The same for the result document. */
  public Map<String, Object> document() {
    Map<String, Object> layout = new LinkedHashMap<>();
    layout.put("source", description);
    if (distribution != null) {
      Map<String, Object> components = new LinkedHashMap<>();
      distribution
          .components()
          .forEach((origin, names) -> components.put(origin.name(), List.copyOf(names)));
      layout.put("components", components);
      layout.put("not_needed", distribution.unused());
      layout.put("seconds", copied.toMillis() / 1e3);
    }
    return layout;
  }

  /** Whatever else a database says of it, or before it could say anything. */
  private void warnIfFull() {
    try {
      if (stagingFolder != null
          && Files.getFileStore(stagingFolder).getUsableSpace() < NO_ROOM_BYTES) {
        console.warn(
            "the disk is full on which the temporary PostgreSQL was, in "
                + stagingFolder
                + ". Make room there, or name another folder with --staging-dir DIR");
      }
    } catch (IOException e) {
      // The folder is gone; then this was not the reason.
      return;
    }
  }

  @Override
  public void close() {
    warnIfFull();
    stagingFolder = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        // Each of them gives up quietly; there is nothing to be done about it here.
        continue;
      }
    }
  }
}
