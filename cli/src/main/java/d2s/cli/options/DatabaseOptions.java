package d2s.cli.options;

import d2s.cli.configuration.DendriteConfiguration;
import d2s.cli.configuration.HomeserverConfiguration;
import d2s.cli.configuration.InvalidConfigurationException;
import d2s.cli.configuration.ServerConfiguration;
import d2s.cli.configuration.ServerName;
import d2s.cli.connection.ConnectionParameter;
import d2s.cli.connection.ConnectionSettings;
import d2s.cli.connection.ConnectionString;
import d2s.cli.connection.InvalidConnectionStringException;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Environment;
import d2s.cli.framework.ExitCode;
import d2s.cli.layout.DendritePlaces;
import d2s.cli.layout.StagingPlace;
import d2s.engine.mapping.Fact;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.MappingSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;

/** Which databases, and the server they belong to. */
public final class DatabaseOptions {

  /** The name of the fact in the mapping files. */
  private static final String SERVER_NAME = "server_name";

  @Mixin private DendriteOptions dendriteOptions;
  @Mixin private SynapseOptions synapseOptions;

  /**
   * What the options come to.
   *
   * @param dendrite where Dendrite says or is said to keep its tables
   * @param staging where a Dendrite with several databases is brought together
   * @param dendriteMedia the folder of media files that Dendrite's configuration names
   * @param synapseMedia the folder of media files that Synapse's configuration names
   * @param notes what the user should know about them
   * @param dendriteFile Dendrite's configuration
   * @param synapseFiles Synapse's configuration, files and directories
   */
  public record Resolved(
      Optional<DendritePlaces> dendrite,
      Optional<ConnectionSettings> synapse,
      StagingPlace staging,
      List<String> acceptedUnknown,
      Optional<String> serverName,
      Optional<String> dendriteMedia,
      Optional<String> synapseMedia,
      List<String> notes,
      Optional<Path> dendriteFile,
      List<Path> synapseFiles) {

    public DendritePlaces requiredDendrite() throws CommandFailedException {
      return dendrite.orElseThrow(
          () -> missing("Dendrite", "dendrite", dendriteFile.stream().toList()));
    }

    public ConnectionSettings requiredSynapse() throws CommandFailedException {
      return synapse.orElseThrow(() -> missing("Synapse", "synapse", synapseFiles));
    }

    /**
     * The facts that the caller of a run has to know.
     *
     * @throws CommandFailedException if the mapping files need the server name and nothing says it
     */
    public Map<String, Object> facts(MappingSet set) throws CommandFailedException {
      if (serverName.isPresent()) {
        return Map.of(SERVER_NAME, serverName.get());
      }
      for (Fact fact : set.facts()) {
        if (fact.name().value().equals(SERVER_NAME) && fact.sql() == null) {
          throw new CommandFailedException(
              ExitCode.USAGE,
              "what is the server name? Give --server-name example.org, or --dendrite-config FILE"
                  + " or --synapse-config FILE, which say it");
        }
      }
      return Map.of();
    }

    private static CommandFailedException missing(String server, String option, List<Path> given) {
      String files = given.stream().map(Path::toString).collect(Collectors.joining(", "));
      return new CommandFailedException(
          ExitCode.USAGE,
          (given.isEmpty()
                  ? "which database is " + server + "'s?"
                  : files + " names no database; is it the configuration of " + server + "?")
              + " Give --"
              + option
              + "-db \"host=localhost dbname="
              + option
              + " user="
              + option
              + "\" or --"
              + option
              + "-config FILE");
    }
  }

  /**
   * @param layouts which components there are; empty if the mapping files do not say
   */
  public Resolved resolve(
      StagingOptions staging, Environment surroundings, Optional<Layouts> layouts)
      throws CommandFailedException {
    return resolve(staging, new AcceptUnknownOption(), surroundings, layouts);
  }

  /**
   * @param layouts which components there are; empty if the mapping files do not say
   */
  public Resolved resolve(
      StagingOptions staging,
      AcceptUnknownOption accepted,
      Environment surroundings,
      Optional<Layouts> layouts)
      throws CommandFailedException {
    return resolve(
        dendriteOptions,
        staging,
        accepted,
        synapseOptions.database,
        synapseOptions.config,
        surroundings,
        layouts);
  }

  /** For a command that reads one PostgreSQL database as it is. */
  public Resolved resolve(Environment surroundings) throws CommandFailedException {
    return resolve(new StagingOptions(), surroundings, Optional.empty());
  }

  /** For a command that does without Synapse's database. */
  public static Resolved resolve(
      DendriteOptions dendrite,
      StagingOptions staging,
      SynapseConfigOption synapse,
      Environment surroundings,
      Optional<Layouts> layouts)
      throws CommandFailedException {
    return resolve(
        dendrite, staging, new AcceptUnknownOption(), null, synapse, surroundings, layouts);
  }

  /** For a command that does without Dendrite. */
  public static Resolved resolve(SynapseOptions synapse, Environment surroundings)
      throws CommandFailedException {
    DendriteOptions none = new DendriteOptions();
    none.config = new DendriteConfigOption();
    return resolve(
        none,
        new StagingOptions(),
        new AcceptUnknownOption(),
        synapse.database,
        synapse.config,
        surroundings,
        Optional.empty());
  }

  private static Resolved resolve(
      DendriteOptions dendriteOptions,
      StagingOptions staging,
      AcceptUnknownOption accepted,
      String synapse,
      SynapseConfigOption synapseConfig,
      Environment surroundings,
      Optional<Layouts> layouts)
      throws CommandFailedException {
    List<String> dendrite = dendriteOptions.databases;
    Path dendriteConfiguration = dendriteOptions.config.file;
    List<Path> synapseConfigurations = synapseConfig.files;
    String serverName = dendriteOptions.serverName;
    List<String> notes = new ArrayList<>();
    List<ServerConfiguration> configurations = new ArrayList<>();
    try {
      Optional<DendritePlaces> places = Optional.empty();
      Optional<ConnectionSettings> synapseSettings = Optional.empty();
      Optional<String> dendriteMedia = Optional.empty();
      Optional<String> synapseMedia = Optional.empty();
      if (dendriteConfiguration != null) {
        DendriteConfiguration.Read read =
            DendriteConfiguration.read(dendriteConfiguration, surroundings.variables());
        configurations.add(read.server());
        dendriteMedia = read.server().media();
        if (dendrite.isEmpty() && !read.databases().isEmpty()) {
          places =
              Optional.of(
                  DendritePlaces.ofConfiguration(
                      read.databases(), layouts, Path.of(""), surroundings));
        }
      }
      if (!synapseConfigurations.isEmpty()) {
        ServerConfiguration read = HomeserverConfiguration.read(synapseConfigurations);
        configurations.add(read);
        synapseSettings = fromConfiguration(synapse == null, read, surroundings, notes);
        synapseMedia = read.media();
      }
      if (!dendrite.isEmpty()) {
        places = Optional.of(DendritePlaces.ofOptions(dendrite, surroundings));
      }
      places.ifPresent(found -> notes.addAll(found.notes()));
      if (synapse != null) {
        synapseSettings = Optional.of(fromOption("--synapse-db", synapse, surroundings, notes));
      }
      if (places.isPresent()
          && synapseSettings.isPresent()
          && places.get().contains(synapseSettings.get())) {
        throw new CommandFailedException(
            ExitCode.USAGE,
            "Dendrite and Synapse are given the same "
                + synapseSettings.get().describe()
                + "; each has its own database");
      }
      StagingPlace stagingPlace = stagingPlace(staging, surroundings, notes);
      for (ConnectionSettings used : stagingPlace.database().stream().toList()) {
        boolean taken =
            places.filter(all -> all.contains(used)).isPresent()
                || synapseSettings.filter(used::isSameDatabase).isPresent();
        if (taken) {
          throw new CommandFailedException(
              ExitCode.USAGE,
              "--staging-db names the "
                  + used.describe()
                  + ", which is Dendrite's or Synapse's own");
        }
      }
      Optional<String> name = ServerName.agree(Optional.ofNullable(serverName), configurations);
      return new Resolved(
          places,
          synapseSettings,
          stagingPlace,
          accepted.acceptedUnknown,
          name,
          dendriteMedia,
          synapseMedia,
          List.copyOf(notes),
          Optional.ofNullable(dendriteConfiguration),
          synapseConfigurations);
    } catch (InvalidConfigurationException e) {
      throw new CommandFailedException(ExitCode.USAGE, e.getMessage());
    }
  }

  private static StagingPlace stagingPlace(
      StagingOptions options, Environment surroundings, List<String> notes)
      throws CommandFailedException {
    Path folder =
        options.directory == null
            ? Path.of(System.getProperty("java.io.tmpdir"))
            : options.directory;
    if (!Files.isDirectory(folder)) {
      throw new CommandFailedException(
          ExitCode.USAGE, "--staging-dir: there is no folder " + folder);
    }
    return new StagingPlace(
        options.database == null
            ? Optional.empty()
            : Optional.of(fromOption("--staging-db", options.database, surroundings, notes)),
        folder);
  }

  private static Optional<ConnectionSettings> fromConfiguration(
      boolean wanted,
      ServerConfiguration configuration,
      Environment surroundings,
      List<String> notes)
      throws CommandFailedException {
    return wanted && configuration.database().isPresent()
        ? Optional.of(
            complete(configuration.origin(), configuration.database().get(), surroundings, notes))
        : Optional.empty();
  }

  private static ConnectionSettings fromOption(
      String option, String text, Environment surroundings, List<String> notes)
      throws CommandFailedException {
    try {
      Map<ConnectionParameter, String> parameters = ConnectionString.parse(text);
      if (parameters.containsKey(ConnectionParameter.PASSWORD)) {
        notes.add(
            "the password in "
                + option
                + " can be seen by other users of this machine; ~/.pgpass, PGPASSWORD or a"
                + " configuration file keep it secret");
      }
      return complete(option, parameters, surroundings, notes);
    } catch (InvalidConnectionStringException e) {
      throw new CommandFailedException(ExitCode.USAGE, option + ": " + e.getMessage());
    }
  }

  private static ConnectionSettings complete(
      String origin,
      Map<ConnectionParameter, String> parameters,
      Environment surroundings,
      List<String> notes)
      throws CommandFailedException {
    try {
      ConnectionSettings settings = ConnectionSettings.complete(parameters, surroundings);
      notes.addAll(settings.notes());
      return settings;
    } catch (InvalidConnectionStringException e) {
      throw new CommandFailedException(ExitCode.USAGE, origin + ": " + e.getMessage());
    }
  }
}
