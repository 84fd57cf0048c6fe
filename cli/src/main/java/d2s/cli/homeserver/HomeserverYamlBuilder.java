package d2s.cli.homeserver;

import d2s.cli.configuration.ConfigurationFile;
import d2s.cli.configuration.InvalidConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes a {@code homeserver.yaml} from a {@code dendrite.yaml}. What a key of Dendrite means, and
 * what holds when it is absent, is from setup/config in Dendrite's source; the names and defaults
 * of Synapse are from its configuration manual.
 */
public final class HomeserverYamlBuilder {

  private HomeserverYamlBuilder() {}

  /**
   * A translation with what people should know about it.
   *
   * @param notes in the order of the file
   */
  public record Result(HomeserverSettings translation, List<String> notes) {}

  /**
   * @param dendriteYaml Dendrite's configuration
   * @param signingKey Synapse's signing key file, which may not be there yet
   * @param mediaPath Synapse's folder for media
   * @param choices what the file cannot say
   * @param variables the environment, from which placeholders are replaced
   */
  public static Result translate(
      Path dendriteYaml,
      Path signingKey,
      String mediaPath,
      SynapseChoices choices,
      Map<String, String> variables)
      throws InvalidConfigurationException {
    SettingsWriter out =
        new SettingsWriter(
            ConfigurationFile.read(dendriteYaml).replacing(variables),
            signingKey,
            mediaPath,
            choices);
    ServerSettings.server(out);
    ServerSettings.keys(out);
    ServerSettings.database(out);
    FederationSettings.federation(out);
    AccountSettings.accounts(out);
    AccountSettings.rooms(out);
    MediaSettings.media(out);
    MediaSettings.calls(out);
    AccountSettings.notices(out);
    OperationSettings.applicationServices(out);
    OperationSettings.statistics(out);
    OperationSettings.clients(out);
    OperationSettings.ownSecrets(out);
    if (choices.hasAuthenticationService()) {
      AuthenticationService.settings(out, choices.authenticationSecret().get());
    }
    return new Result(
        new HomeserverSettings(out.sections(), out.dendrite().leftOut()), out.notes());
  }
}
