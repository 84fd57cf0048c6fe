package d2s.cli.homeserver;

import d2s.cli.configuration.InvalidConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Application services, statistics, and the secrets that Synapse wants for itself. */
final class OperationSettings {

  private OperationSettings() {}

  static void applicationServices(SettingsWriter out) throws InvalidConfigurationException {
    List<String> files = new ArrayList<>();
    for (String named : out.dendrite().texts("app_service_api.config_files")) {
      Path beside = out.origin().toAbsolutePath().resolveSibling(named).normalize();
      Path here = Path.of(named).toAbsolutePath().normalize();
      Path file = Files.exists(beside) || !Files.exists(here) ? beside : here;
      if (!Files.exists(file)) {
        out.note(
            "app_service_api.config_files: there is no file "
                + file
                + "; correct the path in app_service_config_files, or Synapse will not start");
      }
      files.add(file.toString());
    }
    if (!files.isEmpty()) {
      out.from(
          "app_service_api.config_files",
          "app_service_config_files",
          files,
          "The files have the same form. Synapse's user must be able to read them.");
    }
    if (out.dendrite().is("app_service_api.legacy_auth", false)) {
      out.from("app_service_api.legacy_auth", "use_appservice_legacy_authorization", true, "");
    }
    out.end("Application services");
  }

  static void statistics(SettingsWriter out) throws InvalidConfigurationException {
    out.from(
        "global.report_stats.enabled",
        "report_stats",
        out.dendrite().is("global.report_stats.enabled", false),
        "");
    String endpoint = out.dendrite().text("global.report_stats.endpoint", "");
    if (!endpoint.isEmpty() && !endpoint.contains("panopticon.matrix.org")) {
      out.from("global.report_stats.endpoint", "report_stats_endpoint", endpoint, "");
    }
    if (out.dendrite().is("global.metrics.enabled", false)) {
      out.from("global.metrics.enabled", "enable_metrics", true, "");
      out.note(
          "global.metrics: add a listener of type metrics to listeners, e.g. on port 9000 of"
              + " 127.0.0.1; Dendrite had them at /metrics of its own port");
    }
    out.end("Statistics");
  }

  /** What newer clients need, and what keeps the database small. */
  static void clients(SettingsWriter out) {
    out.put(
        "user_directory",
        Map.of("search_all_users", true),
        "Dendrite finds every user of this server. Without it Synapse finds only users in public"
            + " rooms and in rooms of the one who asks.");
    out.suggest(
        """
        # Element X works without any setting. Element Call needs these, a LiveKit server, and its address here:
        #experimental_features:
        #  msc3266_enabled: true
        #  msc4140_enabled: true
        #  msc4222_enabled: true
        #max_event_delay_duration: 24h
        #extra_well_known_client_content:
        #  org.matrix.msc4143.rtc_foci:
        #    - type: livekit
        #      livekit_service_url: https://FILL.IN/livekit/jwt
        #
        # Synapse keeps media of other servers for ever. This lets it drop what nobody looks at:
        #media_retention:
        #  remote_media_lifetime: 90d
        #
        # For measurements add this to listeners, and set enable_metrics: true:
        #  - port: 9000
        #    type: metrics
        #    bind_addresses: [127.0.0.1]
        """);
    out.end("Clients");
  }

  /** Synapse wants secrets of its own, and makes do with bad ones if they are missing. */
  static void ownSecrets(SettingsWriter out) {
    for (String key : List.of("macaroon_secret_key", "form_secret")) {
      byte[] bytes = new byte[32];
      new SecureRandom().nextBytes(bytes);
      out.putSecret(
          key,
          Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
          "New; Dendrite has nothing like it. Keep it.");
    }
    out.end("Secrets of Synapse");
  }
}
