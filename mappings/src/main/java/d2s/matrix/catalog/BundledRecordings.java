package d2s.matrix.catalog;

import d2s.engine.catalog.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The recorded Dendrite databases that ship with the program, for the demonstration and the tests.
 *
 * <p>Each is the whole database of a Dendrite that clients used for a while, with a second server
 * in the federation: 14 local users and 3 on the other server, in rooms of every version that the
 * release knows (1 to 11, and 12 in the newer one). Nobody in it is real. A recording has the name
 * of the catalog that it is loaded with.
 */
public final class BundledRecordings {

  private BundledRecordings() {}

  /** The names of all of them, from old to new. */
  public static List<String> names() {
    return List.of("dendrite-0.13.8", "dendrite-0.15.2");
  }

  /**
   * Makes the recorded database.
   *
   * @param connection of an empty database, in autocommit mode
   * @return the number of rows of every table
   * @throws IllegalArgumentException if there is no recording of this name
   */
  public static Map<String, Long> restore(String name, Connection connection) throws SQLException {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "There is no recording '" + name + "'; there are " + String.join(", ", names()) + ".");
    }
    String file = "/recordings/" + name + ".copy.gz";
    try (InputStream in = BundledRecordings.class.getResourceAsStream(file)) {
      return Recording.restore(connection, BundledCatalogs.read(name), in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
