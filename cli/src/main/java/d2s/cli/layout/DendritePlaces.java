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
      } else if (isOtherFile(text)) {
        throw new InvalidConfigurationException(
            "--dendrite-db: "
                + text
                + " is a file, but not of SQLite. If it is a dump, make a database of it with"
                + " createdb and pg_restore (or psql), and name that database");
      } else {
        places.add(Place.of(connection("--dendrite-db", text, surroundings, notes), null));
      }
    }
    return new DendritePlaces(withoutDoubles(places), List.copyOf(notes));
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
    List<Place> places = new ArrayList<>();
    for (Map.Entry<String, Set<String>> entry : used.entrySet()) {
      String key = entry.getValue() == null ? "" : key(databases, entry.getValue());
      places.add(
          SqliteName.isOne(entry.getKey())
              ? Place.of(
                  find(entry.getKey(), key, databases.path(), workingDirectory), entry.getValue())
              : Place.of(
                  connection(databases.path() + ": " + key, entry.getKey(), surroundings, notes),
                  entry.getValue()));
    }
    return new DendritePlaces(withoutDoubles(places), List.copyOf(notes));
  }

  /** The same database or file may be named twice, and in two ways. */
  private static List<Place> withoutDoubles(List<Place> places) {
    Map<Object, Place> distinct = new LinkedHashMap<>();
    for (Place place : places) {
      Object identity =
          place
              .postgres()
              .<Object>map(one -> one.host() + " " + one.port() + " " + one.database())
              .orElseGet(() -> realPath(place.file().orElseThrow()));
      distinct.merge(identity, place, DendritePlaces::together);
    }
    return List.copyOf(distinct.values());
  }

  private static Path realPath(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      // Whoever opens it will say what is wrong with it.
      return file.toAbsolutePath().normalize();
    }
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
    Path named =
        SqliteName.path(text)
            .orElseThrow(
                () ->
                    new InvalidConfigurationException(
                        configuration
                            + ": "
                            + key
                            + " does not name a file. Dendrite takes file:name.db and"
                            + " file:///folder/name.db"));
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

  private static boolean isSqliteName(String text) {
    return SqliteName.isOne(text) || text.strip().toLowerCase(Locale.ROOT).endsWith(".db");
  }

  /** The file or folder that an option names; null if it names a PostgreSQL database. */
  private static Path path(String text) {
    if (SqliteName.isOne(text)) {
      return SqliteName.path(text).orElse(null);
    }
    boolean address = text.contains("://") || text.contains("=");
    // A word alone is the name of a database, whatever folders there are.
    boolean like = text.contains("/") || text.equals(".") || isSqliteName(text);
    try {
      return like && !address || Files.exists(Path.of(text)) && text.contains("/")
          ? Path.of(text.strip())
          : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** A word alone is the name of a database, unless it ends as dumps do. */
  private static boolean isOtherFile(String text) {
    try {
      return Files.isRegularFile(Path.of(text))
          && (text.contains("/") || text.matches(".*\\.(dump|sql|gz|xz|zst|backup|tar)"));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static List<Path> sqliteFiles(Path folder) throws InvalidConfigurationException {
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all =
          files
              .filter(file -> !file.getFileName().toString().matches(".*-(wal|shm|journal)"))
              .sorted()
              .toList();
    } catch (IOException e) {
      throw new InvalidConfigurationException(
          "--dendrite-db: the folder " + folder + " cannot be read; may this user read it?");
    }
    for (Path file : all) {
      // Whatever else lies there may belong to others.
      if (file.toString().endsWith(".db") && !Files.isReadable(file)) {
        throw new InvalidConfigurationException(
            "--dendrite-db: the file " + file + " cannot be read; may this user read it?");
      }
    }
    return all.stream().filter(file -> isSqlite(file) && isNotEmpty(file)).toList();
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
