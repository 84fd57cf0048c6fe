package d2s.acceptance;

import d2s.acceptance.comparison.EventGraph;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.acceptance.recording.TarArchive;
import d2s.engine.loader.LayoutsLoader;
import d2s.engine.mapping.Layouts;
import d2s.engine.result.Progress;
import d2s.engine.schema.Catalog;
import d2s.engine.staging.Distribution;
import d2s.engine.staging.SqliteOrigin;
import d2s.engine.staging.Staging;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.tukaani.xz.XZInputStream;

/**
 * A Dendrite 0.13.8 that kept everything in SQLite files. The recording is larger than the project
 * and lies beside it; LayoutCommandsTest has a smaller one that is always there.
 */
@EnabledIf("isRecordingHere")
class MigratedSqliteIT extends MigratedHomeserver {

  private static final Path RECORDING =
      Path.of(System.getProperty("d2s.sqlite", "../../../shared/data/scenario13-sqlite"));

  private Path files;

  MigratedSqliteIT() throws IOException {
    super(RecordedHomeserver.load("scenario13-sqlite", RECORDING), null);
  }

  static boolean isRecordingHere() {
    boolean here = Files.isDirectory(RECORDING);
    if (!here) {
      System.out.println("There is no recording of a Dendrite on SQLite at " + RECORDING + ".");
    }
    return here;
  }

  @Override
  List<String> makeSource(Path directory) throws Exception {
    files = directory.resolve("sqlite");
    unpack("sqlite.tar.xz", files);
    Path configuration = files.resolve("dendrite.yaml");
    Files.copy(RECORDING.resolve("dendrite.yaml"), configuration);
    return List.of("--dendrite-config", configuration.toString());
  }

  @Override
  EventGraph readGraph() throws Exception {
    Layouts layouts = LayoutsLoader.loadResources("dendrite-to-synapse").orElseThrow();
    Catalog catalog = BundledCatalogs.read("dendrite-0.15.2");
    List<Distribution.Place> places = new ArrayList<>();
    try (Stream<Path> all = Files.list(files)) {
      for (Path file : all.filter(one -> one.toString().endsWith(".db")).toList()) {
        places.add(new Distribution.Place(new SqliteOrigin(file, layouts.files(), files), null));
      }
    }
    TestDatabase copy = TestPostgres.createDatabase("graph");
    new Staging(
            layouts, catalog, Distribution.of(layouts, catalog, places), copy.dataSource(), false)
        .run(Progress.silent());
    places.forEach(place -> place.origin().close());
    try (Connection connection = copy.connect()) {
      return EventGraph.read(connection);
    }
  }

  /**
   * SQLite holds texts with U+0000, which PostgreSQL refuses: one state key and with it its event,
   * for the three people in its room, and the display name of one person, which is told with
   * another character, and without a name in the rooms. Two pending invites are told once more. And
   * beside an event that a race left soft-failed, Synapse's /context ends sooner.
   */
  @Override
  Map<String, Long> knownDifferences() {
    return Map.of(
        "state", 3L,
        "messages", 3L,
        "messages_order", 3L,
        "sync_state_join", 3L,
        "event", 2L,
        "profile", 1L,
        "joined_members", 15L,
        "since_rooms", 2L,
        "context", 1L);
  }

  @Override
  void unpackMedia(Path folder) throws IOException {
    Path unpacked = folder.resolveSibling("unpacked");
    unpack("media.tar.xz", unpacked);
    Files.move(unpacked.resolve("media"), folder);
  }

  private static void unpack(String archive, Path folder) throws IOException {
    try (InputStream in = new XZInputStream(Files.newInputStream(RECORDING.resolve(archive)))) {
      TarArchive.unpack(in, Files.createDirectories(folder));
    }
  }
}
