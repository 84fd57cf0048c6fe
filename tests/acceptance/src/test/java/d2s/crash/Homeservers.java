package d2s.crash;

import d2s.engine.schema.CatalogDdl;
import d2s.generator.GeneratedDendrite;
import d2s.generator.random.Size;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.testing.FreshSynapse;
import d2s.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A small Dendrite with its media files, and a Synapse that has never run. */
final class Homeservers {

  private static final int LARGEST_FILE = 30_000;

  private Homeservers() {}

  /** Fills an empty database with a Dendrite, and a folder with its files. */
  static void dendrite(TestDatabase database, long events, Path media)
      throws SQLException, IOException {
    new GeneratedDendrite(Size.of(events), database.dataSource()).write();
    // The size of a thumbnail that was scaled is read from the picture, and there are no pictures.
    database.execute("delete from mediaapi_thumbnail where resize_method = 'scale'");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      List<String> updates = new ArrayList<>();
      Map<String, Path> folders = new TreeMap<>();
      Random chance = new Random(1);
      try (ResultSet row =
          statement.executeQuery("select media_id from mediaapi_media_repository order by 1")) {
        while (row.next()) {
          byte[] content = new byte[1 + chance.nextInt(LARGEST_FILE)];
          chance.nextBytes(content);
          String hash =
              Base64.getUrlEncoder().withoutPadding().encodeToString(sha256().digest(content));
          Path folder =
              Files.createDirectories(
                  media
                      .resolve(hash.substring(0, 1))
                      .resolve(hash.substring(1, 2))
                      .resolve(hash.substring(2)));
          Files.write(folder.resolve("file"), content);
          folders.put(row.getString(1), folder);
          updates.add(
              "update mediaapi_media_repository set base64hash = '%s', file_size_bytes = %d where media_id = '%s'"
                  .formatted(hash, content.length, row.getString(1)));
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "select media_id, width, height, file_size_bytes from mediaapi_thumbnail")) {
        while (row.next()) {
          byte[] content = new byte[row.getInt(4)];
          chance.nextBytes(content);
          Files.write(
              folders
                  .get(row.getString(1))
                  .resolve("thumbnail-" + row.getInt(2) + "x" + row.getInt(3) + "-crop"),
              content);
        }
      }
      for (String update : updates) {
        statement.execute(update);
      }
    }
  }

  /** Fills an empty database as Synapse does before its first start. */
  static void synapse(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      CatalogDdl.create(connection, BundledCatalogs.newest("synapse"));
    }
    database.execute(FreshSynapse.version(BundledCatalogs.newest("synapse").version()));
    database.execute(FreshSynapse.rows(90));
  }

  /** The files of a folder by their paths, each with a hash of its content. */
  static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (Files.exists(folder)) {
      try (Stream<Path> tree = Files.walk(folder)) {
        for (Path file : tree.filter(Files::isRegularFile).toList()) {
          files.put(
              folder.relativize(file).toString(),
              HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(file))));
        }
      }
    }
    return files;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
