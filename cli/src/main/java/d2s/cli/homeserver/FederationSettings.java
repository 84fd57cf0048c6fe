package d2s.cli.homeserver;

import d2s.cli.configuration.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Other servers: who is reached, whose keys are trusted, and presence. */
final class FederationSettings {

  private FederationSettings() {}

  static void federation(SettingsWriter out) throws InvalidConfigurationException {
    if (out.dendrite().is("global.disable_federation", false)) {
      out.from(
          "global.disable_federation",
          "federation_domain_whitelist",
          List.of(),
          "No other server is reached or answered.");
    }
    if (out.dendrite().is("federation_api.disable_tls_validation", false)) {
      out.from(
          "federation_api.disable_tls_validation",
          "federation_verify_certificates",
          false,
          "Certificates of other servers are not checked, which is a risk.");
      out.note(
          "federation_api.disable_tls_validation is taken over: certificates of other servers are"
              + " not checked");
    }
    List<Object> servers = new ArrayList<>();
    for (Object entry : out.dendrite().list("federation_api.key_perspectives")) {
      servers.add(trustedServer(out, entry));
    }
    out.from(
        "federation_api.key_perspectives",
        "trusted_key_servers",
        servers,
        servers.isEmpty() ? "Keys are asked for directly only." : "");
    out.put(
        "suppress_key_server_warning",
        true,
        "The servers above were chosen before; Synapse need not warn of them.");
    List<String> denied = out.dendrite().texts("federation_api.deny_networks");
    if (!denied.isEmpty()) {
      out.from(
          "federation_api.deny_networks",
          "ip_range_blacklist",
          denied,
          "In Synapse it also holds for push gateways.");
    }
    List<String> allowed =
        out.dendrite().texts("federation_api.allow_networks").stream()
            .filter(network -> !network.endsWith("/0"))
            .toList();
    if (!allowed.isEmpty()) {
      out.from(
          "federation_api.allow_networks",
          "ip_range_whitelist",
          allowed,
          "In Synapse these are exceptions from ip_range_blacklist, whose default is all private"
              + " networks; others can be reached too.");
    }
    boolean inbound = out.dendrite().is("global.presence.enable_inbound", false);
    boolean outbound = out.dendrite().is("global.presence.enable_outbound", false);
    out.from(
        "global.presence",
        "presence",
        Map.of("enabled", inbound || outbound),
        "Synapse knows no one-way presence.");
    if (inbound != outbound) {
      out.note(
          "global.presence is on in one direction only, which Synapse cannot do; it is on in both."
              + " Set presence.enabled to false if that is too much");
    }
    out.end("Federation and presence");
  }

  private static Map<String, Object> trustedServer(SettingsWriter out, Object entry)
      throws InvalidConfigurationException {
    if (!(entry instanceof Map<?, ?> map) || map.get("server_name") == null) {
      throw new InvalidConfigurationException(
          out.origin()
              + ": every entry of federation_api.key_perspectives must have a server_name");
    }
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("server_name", map.get("server_name").toString());
    Map<String, Object> verifyKeys = new LinkedHashMap<>();
    if (map.get("keys") instanceof List<?> keys) {
      for (Object key : keys) {
        if (key instanceof Map<?, ?> parts
            && parts.get("key_id") != null
            && parts.get("public_key") != null) {
          // Dendrite takes them with padding and without.
          verifyKeys.put(
              parts.get("key_id").toString(),
              parts.get("public_key").toString().replaceAll("=+$", ""));
        }
      }
    }
    if (!verifyKeys.isEmpty()) {
      server.put("verify_keys", verifyKeys);
    }
    return server;
  }
}
