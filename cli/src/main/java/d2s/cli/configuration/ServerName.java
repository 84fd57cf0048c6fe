package d2s.cli.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the one server name among the places that may say it. */
public final class ServerName {

  private ServerName() {}

  /**
   * @param option what the user gave, if anything
   * @throws InvalidConfigurationException if two places disagree. Users, rooms and keys belong to a
   *     name, so it cannot change on the way.
   */
  public static Optional<String> agree(
      Optional<String> option, List<ServerConfiguration> configurations)
      throws InvalidConfigurationException {
    List<String> places = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    option.ifPresent(
        name -> {
          names.add(name);
          places.add("--server-name says " + name);
        });
    for (ServerConfiguration configuration : configurations) {
      configuration
          .serverName()
          .ifPresent(
              name -> {
                names.add(name);
                places.add(configuration.origin() + " says " + name);
              });
    }
    if (names.size() > 1) {
      throw new InvalidConfigurationException(
          "the server names differ: "
              + String.join(", ", places)
              + ". The name cannot change in a migration: Synapse must be configured with the name"
              + " that Dendrite had");
    }
    return names.stream().findFirst();
  }
}
