package d2s.cli.homeserver;

import d2s.cli.connection.ConnectionParameter;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code dendrite.yaml} cannot say of Synapse.
 *
 * @param database the parameters of its database
 * @param authenticationSecret what Synapse and Matrix Authentication Service know each other by, if
 *     that takes over logging in
 */
public record SynapseChoices(
    Optional<Map<ConnectionParameter, String>> database, Optional<String> authenticationSecret) {

  /** Nothing is known. */
  public static final SynapseChoices NONE = new SynapseChoices(Optional.empty(), Optional.empty());

  boolean hasAuthenticationService() {
    return authenticationSecret.isPresent();
  }
}
