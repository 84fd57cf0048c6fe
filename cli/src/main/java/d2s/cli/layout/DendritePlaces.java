package d2s.cli.layout;

import d2s.cli.configuration.DendriteDatabases;
import d2s.cli.configuration.InvalidConfigurationException;
import d2s.cli.connection.ConnectionParameter;
import d2s.cli.connection.ConnectionSettings;
import d2s.cli.connection.ConnectionString;
import d2s.cli.connection.InvalidConnectionStringException;
import d2s.cli.framework.Environment;
import d2s.engine.Engine;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.Layouts.Component;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out from options and configuration where Dendrite keeps its tables.
 *
 * @param places at least one
 * @param notes what the user should know about them
 */
public record DendritePlaces(List<Place> places, List<String> notes) {

  /** One database with everything. */
  public static DendritePlaces of(ConnectionSettings settings) {
    return new DendritePlaces(List.of(Place.of(settings, null)), List.of());
  }

  /** The one PostgreSQL database that has everything; empty if it is not so simple. */
  public Optional<ConnectionSettings> single() {
    return places.size() == 1 ? places.get(0).postgres() : Optional.empty();
  }

  /** For people: all of them. */
  public String describe() {
    if (places.size() == 1) {
      return places.get(0).describe();
    }
    long files = places.stream().filter(place -> place.file().isPresent()).count();
    long databases = places.size() - files;
    return Stream.of(
            databases == 0 ? "" : databases + (databases == 1 ? " database" : " databases"),
            files == 0 ? "" : files + (files == 1 ? " SQLite file" : " SQLite files"))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" and "));
  }

  /** Whether any of them is the same database, as far as their texts tell. */
  public boolean contains(ConnectionSettings other) {
    return places.stream()
        .anyMatch(place -> place.postgres().filter(other::isSameDatabase).isPresent());
  }

  /**
   * What the option says, given once or several times.
   *
   * @param texts connection strings, SQLite files, folders of such
   * @throws InvalidConfigurationException if one of them cannot be right
   */
  public static DendritePlaces ofOptions(List<String> texts, Environment surroundings)
      throws InvalidConfigurationException {
    List<Place> places = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (String text : texts) {
      Path path = path(text);
      if (path != null && Files.isDirectory(path)) {
        List<Path> files = sqliteFiles(path);
        if (files.isEmpty()) {
          throw new InvalidConfigurationException(
              "--dendrite-db: there is no SQLite file in the folder " + path);
        }
        files.forEach(file -> places.add(Place.of(file, null)));
      } else if (path != null && (isSqliteName(text) || isSqlite(path))) {
        if (!Files.exists(path)) {
          throw new InvalidConfigurationException(
              "--dendrite-db: there is no file " + path.toAbsolutePath().normalize());
        }
        places.add(Place.of(path, null));
      } else {
        places.add(Place.of(connection("--dendrite-db", text, surroundings, notes), null));
      }
    }
    return new DendritePlaces(List.copyOf(places), List.copyOf(notes));
  }

  /**
   * What {@code dendrite.yaml} says.
   *
   * @param layouts the components; empty if nothing is known of them
   * @param workingDirectory of this command, which may be that of Dendrite
   * @throws InvalidConfigurationException if a database is missing or cannot be right
   */
  public static DendritePlaces ofConfiguration(
      DendriteDatabases databases,
      Optional<Layouts> layouts,
      Path workingDirectory,
      Environment surroundings)
      throws InvalidConfigurationException {
    List<String> notes = new ArrayList<>();
    Map<String, Set<String>> used = new LinkedHashMap<>();
    Set<String> unused = new TreeSet<>();
    for (Component component : layouts.map(Layouts::components).orElse(List.of())) {
      String name = component.name().value();
      Optional<String> text = databases.of(name);
      if (!component.needed()) {
        if (text.isPresent()) {
          unused.add(name);
        }
      } else if (text.isEmpty()) {
        throw new InvalidConfigurationException(
            databases.path()
                + " names no database for "
                + name
                + ": there is neither "
                + DendriteDatabases.key(name)
                + " nor global.database.connection_string. Is it the file that Dendrite uses?");
      } else {
        used.computeIfAbsent(text.get(), any -> new LinkedHashSet<>()).add(name);
      }
    }
    if (used.isEmpty()) {
      databases.global().ifPresent(text -> used.put(text, null));
      databases.components().forEach((name, text) -> used.put(text, null));
    }
    for (String name : unused) {
      String text = databases.of(name).orElseThrow();
      if (!used.containsKey(text)) {
        notes.add(
            DendriteDatabases.key(name)
                + " names a database of its own, which is not needed: nothing of it is migrated");
      }
    }
    Map<Object, Place> places = new LinkedHashMap<>();
    for (Map.Entry<String, Set<String>> entry : used.entrySet()) {
      String key = entry.getValue() == null ? "" : key(databases, entry.getValue());
      Place place =
          isSqliteName(entry.getKey())
              ? Place.of(
                  find(entry.getKey(), key, databases.path(), workingDirectory), entry.getValue())
              : Place.of(
                  connection(databases.path() + ": " + key, entry.getKey(), surroundings, notes),
                  entry.getValue());
      // The same database may be written in two ways.
      Object identity =
          place
              .postgres()
              .<Object>map(one -> one.host() + " " + one.port() + " " + one.database())
              .orElseGet(() -> place.file().orElseThrow().toAbsolutePath().normalize());
      places.merge(identity, place, DendritePlaces::together);
    }
    return new DendritePlaces(List.copyOf(places.values()), List.copyOf(notes));
  }

  private static Place together(Place one, Place other) {
    Set<String> components = new LinkedHashSet<>();
    if (one.components() == null || other.components() == null) {
      return one;
    }
    components.addAll(one.components());
    components.addAll(other.components());
    return new Place(one.postgres(), one.file(), components);
  }

  private static String key(DendriteDatabases databases, Set<String> components) {
    return components.stream()
        .filter(databases.components()::containsKey)
        .map(DendriteDatabases::key)
        .findFirst()
        .orElse("global.database.connection_string");
  }

  private static Path find(String text, String key, Path configuration, Path workingDirectory)
      throws InvalidConfigurationException {
    Path named = sqlitePath(text);
    if (named == null) {
      throw new InvalidConfigurationException(configuration + ": " + key + " does not name a file");
    }
    List<Path> candidates = new ArrayList<>();
    if (named.isAbsolute()) {
      candidates.add(named);
    } else {
      candidates.add(configuration.toAbsolutePath().resolveSibling(named).normalize());
      candidates.add(workingDirectory.resolve(named).toAbsolutePath().normalize());
    }
    for (Path candidate : candidates) {
      if (Files.isRegularFile(candidate)) {
        return candidate;
      }
    }
    throw new InvalidConfigurationException(
        configuration
            + ": "
            + key
            + " names the SQLite file "
            + named
            + ", relative to the folder in which Dendrite runs. It is not at "
            + candidates.stream().distinct().map(Path::toString).collect(Collectors.joining(" or "))
            + ". Give the folder with --dendrite-db DIR, or run this in it");
  }

  private static ConnectionSettings connection(
      String origin, String text, Environment surroundings, List<String> notes)
      throws InvalidConfigurationException {
    try {
      Map<ConnectionParameter, String> parameters = ConnectionString.parse(text);
      if (origin.startsWith("--") && parameters.containsKey(ConnectionParameter.PASSWORD)) {
        notes.add(
            "the password in "
                + origin
                + " can be seen by other users of this machine; ~/.pgpass, PGPASSWORD or a"
                + " configuration file keep it secret");
      }
      ConnectionSettings settings = ConnectionSettings.complete(parameters, surroundings);
      settings.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
      return settings;
    } catch (InvalidConnectionStringException e) {
      throw new InvalidConfigurationException(origin + ": " + e.getMessage());
    }
  }

  /** As Dendrite tells it (internal/sqlutil in its source), and as people name files. */
  private static boolean isSqliteName(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    return lower.startsWith("file:") || lower.endsWith(".db");
  }

  /** The path of {@code file:name.db}, {@code file:///folder/name.db}, or of a plain name. */
  private static Path sqlitePath(String text) {
    String stripped = text.strip();
    try {
      if (stripped.startsWith("file:")) {
        String specific = stripped.substring("file:".length());
        int parameters = specific.indexOf('?');
        String bare = parameters < 0 ? specific : specific.substring(0, parameters);
        if (bare.startsWith("//")) {
          String path = new URI("file:" + bare).getPath();
          return path == null || path.isEmpty() ? null : Path.of(path);
        }
        return bare.isEmpty() ? null : Path.of(bare);
      }
      return Path.of(stripped);
    } catch (URISyntaxException | InvalidPathException e) {
      return null;
    }
  }

  private static Path path(String text) {
    // A word alone is the name of a database, whatever folders there are.
    boolean like = text.contains("/") || text.equals(".") || isSqliteName(text);
    boolean address = text.contains("://") && !isSqliteName(text) || text.contains("=");
    return like && !address ? sqlitePath(text) : null;
  }

  private static List<Path> sqliteFiles(Path folder) throws InvalidConfigurationException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.getFileName().toString().matches(".*-(wal|shm|journal)"))
          .filter(file -> isSqlite(file) && isNotEmpty(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InvalidConfigurationException(
          "--dendrite-db: the folder " + folder + " cannot be read; may this user read it?");
    }
  }

  private static boolean isNotEmpty(Path file) {
    try {
      return Files.size(file) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isSqlite(Path file) {
    try {
      return Engine.isSqliteFile(file);
    } catch (IOException e) {
      return false;
    }
  }
}
