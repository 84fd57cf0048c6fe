package d2s.matrix.catalog;

import d2s.engine.catalog.CatalogYaml;
import d2s.engine.schema.Catalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The catalogs that ship with the program: one for each schema of Dendrite and of Synapse that it
 * was made for. Each was read from a database that the server itself had made.
 *
 * <p>The catalogs of Dendrite are named after its release, and so is their version, because
 * Dendrite does not number its schema; those of Synapse are named after the number of the schema
 * (table schema_version). One number can stand for several schemas, because Synapse also adds
 * tables and columns without a new number: then the older ones have a release behind the number,
 * which is the one that they were read from. docs/reference/synapse-releases.md has the list.
 */
public final class BundledCatalogs {

  /** Gives the release of Dendrite that changed its schema last. */
  public static final String DENDRITE_VERSION_QUERY =
      "SELECT dendrite_version FROM db_migrations ORDER BY time DESC, version LIMIT 1";

  /** Gives the number of Synapse's schema. */
  public static final String SYNAPSE_VERSION_QUERY = "SELECT version FROM schema_version";

  /** They do not change while the program runs, and some are asked for often. */
  private static final Map<String, Catalog> READ = new ConcurrentHashMap<>();

  private BundledCatalogs() {}

  /** The names of all of them, Dendrite first, each server from old to new. */
  public static List<String> names() {
    return List.of(
        "dendrite-0.13.8",
        "dendrite-0.15.2",
        "synapse-88",
        "synapse-89",
        "synapse-91",
        "synapse-92-1.129",
        "synapse-92",
        "synapse-93",
        "synapse-94-1.155",
        "synapse-94");
  }

  /**
   * The newest schema of a server.
   *
   * @param server {@code dendrite} or {@code synapse}
   */
  public static Catalog newest(String server) {
    return read(
        names().stream()
            .filter(name -> name.startsWith(server + "-"))
            .reduce((older, newer) -> newer)
            .orElseThrow());
  }

  /**
   * Reads a catalog.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static Catalog read(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "There is no catalog '" + name + "'; there are " + String.join(", ", names()) + ".");
    }
    return READ.computeIfAbsent(name, BundledCatalogs::readFile);
  }

  private static Catalog readFile(String name) {
    String file = "/catalogs/" + name + ".yaml";
    try (InputStream in = BundledCatalogs.class.getResourceAsStream(file);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return CatalogYaml.read(reader, file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
