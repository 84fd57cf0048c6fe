package d2s.cli.configuration;

import d2s.cli.configuration.HomeserverSettings.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Makes a {@code homeserver.yaml} from a {@code dendrite.yaml}. What a key of Dendrite means, and
 * what holds when it is absent, is from setup/config in Dendrite's source; the names and defaults
 * of Synapse are from its configuration manual.
 */
public final class HomeserverYamlBuilder {

  private static final long DEFAULT_UPLOAD_BYTES = 10_485_760;

  private final DendriteSettings dendrite;
  private final Path origin;
  private final Path signingKey;
  private final String mediaPath;
  private final List<Section> sections = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private List<Setting> section = new ArrayList<>();

  private HomeserverYamlBuilder(ConfigurationFile file, Path signingKey, String mediaPath) {
    this.dendrite = new DendriteSettings(file);
    this.origin = file.path();
    this.signingKey = signingKey;
    this.mediaPath = mediaPath;
  }

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
   */
  public static Result translate(Path dendriteYaml, Path signingKey, String mediaPath)
      throws InvalidConfigurationException {
    HomeserverYamlBuilder settings =
        new HomeserverYamlBuilder(ConfigurationFile.read(dendriteYaml), signingKey, mediaPath);
    settings.server();
    settings.keys();
    settings.database();
    settings.federation();
    settings.accounts();
    settings.rooms();
    settings.media();
    settings.calls();
    settings.notices();
    settings.applicationServices();
    settings.statistics();
    settings.ownSecrets();
    return new Result(
        new HomeserverSettings(List.copyOf(settings.sections), settings.dendrite.leftOut()),
        List.copyOf(settings.notes));
  }

  private void server() throws InvalidConfigurationException {
    String serverName = dendrite.text("global.server_name", "");
    if (serverName.isEmpty()) {
      throw new InvalidConfigurationException(
          origin + " has no global.server_name; is it the right file?");
    }
    from("global.server_name", "server_name", serverName, "It can never change.");
    String client = dendrite.text("global.well_known_client_name", "");
    if (!client.isEmpty()) {
      from(
          "global.well_known_client_name",
          "public_baseurl",
          client,
          "Synapse tells it to clients at /.well-known/matrix/client.");
    }
    String delegated = dendrite.text("global.well_known_server_name", "");
    if (delegated.equals(serverName + ":443")) {
      from(
          "global.well_known_server_name",
          "serve_server_wellknown",
          true,
          "Synapse tells it to other servers at /.well-known/matrix/server.");
    } else if (!delegated.isEmpty()) {
      notes.add(
          "global.well_known_server_name: Synapse can delegate only to "
              + serverName
              + ":443. Let the proxy in front of it answer https://"
              + serverName
              + "/.well-known/matrix/server with {\"m.server\": \""
              + delegated
              + "\"}");
    }
    if (!dendrite.text("global.well_known_sliding_sync_proxy", "").isEmpty()) {
      notes.add(
          "global.well_known_sliding_sync_proxy: Synapse does sliding sync itself; the proxy is no"
              + " longer needed");
    }
    String header = dendrite.text("sync_api.real_ip_header", "");
    boolean federates = !dendrite.is("global.disable_federation", false);
    Map<String, Object> listener = new LinkedHashMap<>();
    listener.put("port", 8008);
    listener.put("type", "http");
    listener.put("tls", false);
    listener.put("bind_addresses", List.of("127.0.0.1"));
    listener.put("x_forwarded", !header.isEmpty());
    listener.put(
        "resources",
        List.of(Map.of("names", federates ? List.of("client", "federation") : List.of("client"))));
    put(
        "listeners",
        List.of(listener),
        "FILL IN if Dendrite listened elsewhere: its addresses are not in "
            + name()
            + " but on its command line (-http-bind-address, default :8008). x_forwarded is from"
            + " sync_api.real_ip_header.");
    if (!header.isEmpty() && !header.equalsIgnoreCase("X-Forwarded-For")) {
      notes.add(
          "sync_api.real_ip_header: Synapse reads X-Forwarded-For and no other header; let the proxy"
              + " send it in place of "
              + header);
    }
    end("Server");
  }

  private void keys() throws InvalidConfigurationException {
    dendrite.text("global.private_key", "");
    dendrite.list("global.old_private_keys");
    put(
        "signing_key_path",
        signingKey.toAbsolutePath().normalize().toString(),
        "from global.private_key of "
            + name()
            + ", in Synapse's form: \"d2s keys\" makes this file.");
    DendriteSigningKeys keys = DendriteSigningKeys.readOld(origin);
    notes.addAll(keys.notes());
    if (!keys.old().isEmpty()) {
      from("global.old_private_keys", "old_signing_keys", keys.oldSigningKeys(), "");
    }
    OptionalLong validity =
        GoDuration.milliseconds(dendrite.text("global.key_validity_period", "168h"));
    if (validity.isPresent()) {
      from(
          "global.key_validity_period",
          "key_refresh_interval",
          validity.getAsLong(),
          "How long other servers may keep the key, in ms.");
    }
    end("Signing keys");
  }

  private void database() {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("host", "localhost");
    arguments.put("dbname", "synapse");
    arguments.put("user", "synapse");
    arguments.put("password", "FILL IN");
    arguments.put("cp_min", 5);
    arguments.put("cp_max", 10);
    Map<String, Object> database = new LinkedHashMap<>();
    database.put("name", "psycopg2");
    database.put("args", arguments);
    put(
        "database",
        database,
        "FILL IN: Synapse's own database, not Dendrite's, made with UTF8 and the C collation.");
    end("Database");
  }

  private void federation() throws InvalidConfigurationException {
    if (dendrite.is("global.disable_federation", false)) {
      from(
          "global.disable_federation",
          "federation_domain_whitelist",
          List.of(),
          "No other server is reached or answered.");
    }
    if (dendrite.is("federation_api.disable_tls_validation", false)) {
      from(
          "federation_api.disable_tls_validation",
          "federation_verify_certificates",
          false,
          "Certificates of other servers are not checked, which is a risk.");
      notes.add(
          "federation_api.disable_tls_validation is taken over: certificates of other servers are"
              + " not checked");
    }
    List<Object> servers = new ArrayList<>();
    for (Object entry : dendrite.list("federation_api.key_perspectives")) {
      servers.add(trustedServer(entry));
    }
    from(
        "federation_api.key_perspectives",
        "trusted_key_servers",
        servers,
        servers.isEmpty() ? "Keys are asked for directly only." : "");
    put(
        "suppress_key_server_warning",
        true,
        "The servers above were chosen before; Synapse need not warn of them.");
    List<String> denied = dendrite.texts("federation_api.deny_networks");
    if (!denied.isEmpty()) {
      from(
          "federation_api.deny_networks",
          "ip_range_blacklist",
          denied,
          "In Synapse it also holds for push gateways.");
    }
    List<String> allowed =
        dendrite.texts("federation_api.allow_networks").stream()
            .filter(network -> !network.endsWith("/0"))
            .toList();
    if (!allowed.isEmpty()) {
      from(
          "federation_api.allow_networks",
          "ip_range_whitelist",
          allowed,
          "In Synapse these are exceptions from ip_range_blacklist, whose default is all private"
              + " networks; others can be reached too.");
    }
    boolean inbound = dendrite.is("global.presence.enable_inbound", false);
    boolean outbound = dendrite.is("global.presence.enable_outbound", false);
    from(
        "global.presence",
        "presence",
        Map.of("enabled", inbound || outbound),
        "Synapse knows no one-way presence.");
    if (inbound != outbound) {
      notes.add(
          "global.presence is on in one direction only, which Synapse cannot do; it is on in both."
              + " Set presence.enabled to false if that is too much");
    }
    end("Federation and presence");
  }

  private Map<String, Object> trustedServer(Object entry) throws InvalidConfigurationException {
    if (!(entry instanceof Map<?, ?> map) || map.get("server_name") == null) {
      throw new InvalidConfigurationException(
          origin + ": every entry of federation_api.key_perspectives must have a server_name");
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

  private void accounts() throws InvalidConfigurationException {
    boolean enabled = !dendrite.is("client_api.registration_disabled", true);
    boolean tokens = dendrite.is("client_api.registration_requires_token", false);
    boolean captcha = dendrite.is("client_api.enable_registration_captcha", false);
    from("client_api.registration_disabled", "enable_registration", enabled, "");
    if (tokens) {
      from("client_api.registration_requires_token", "registration_requires_token", true, "");
    }
    if (captcha) {
      from("client_api.enable_registration_captcha", "enable_registration_captcha", true, "");
    }
    if (enabled && !tokens && !captcha) {
      from(
          "client_api.registration_disabled",
          "enable_registration_without_verification",
          true,
          "Anybody can register, as with Dendrite's option -really-enable-open-registration.");
      notes.add(
          "anybody can register without any proof, as in Dendrite; that invites abuse. Think of"
              + " registration_requires_token");
    }
    copySecret("client_api.registration_shared_secret", "registration_shared_secret");
    copy("client_api.recaptcha_public_key", "recaptcha_public_key");
    copySecret("client_api.recaptcha_private_key", "recaptcha_private_key");
    copy("client_api.recaptcha_siteverify_api", "recaptcha_siteverify_api");
    boolean guests = !dendrite.is("client_api.guests_disabled", false);
    from(
        "client_api.guests_disabled",
        "allow_guest_access",
        guests && enabled,
        "In Dendrite guests also need registration to be enabled.");
    from("user_api.bcrypt_cost", "bcrypt_rounds", dendrite.number("user_api.bcrypt_cost", 10), "");
    end("Accounts");
  }

  private void rooms() throws InvalidConfigurationException {
    from(
        "room_server.default_room_version",
        "default_room_version",
        dendrite.text("room_server.default_room_version", "10"),
        "");
    List<String> rooms = dendrite.texts("user_api.auto_join_rooms");
    if (!rooms.isEmpty()) {
      from("user_api.auto_join_rooms", "auto_join_rooms", rooms, "");
    }
    end("Rooms");
  }

  private void media() throws InvalidConfigurationException {
    dendrite.text("media_api.base_path", "");
    put(
        "media_store_path",
        mediaPath,
        "Synapse's own folder, not media_api.base_path of "
            + name()
            + ": \"d2s media\" fills it from there.");
    long bytes = dendrite.number("media_api.max_file_size_bytes", DEFAULT_UPLOAD_BYTES);
    if (bytes > 0) {
      from("media_api.max_file_size_bytes", "max_upload_size", bytes, "");
    } else {
      from(
          "media_api.max_file_size_bytes",
          "max_upload_size",
          "1G",
          "It was unlimited, which Synapse does not know.");
      notes.add("media_api.max_file_size_bytes was unlimited; max_upload_size is 1G");
    }
    from(
        "media_api.dynamic_thumbnails",
        "dynamic_thumbnails",
        dendrite.is("media_api.dynamic_thumbnails", false),
        "With false, pictures without a thumbnail that fits have none; Dendrite sent the picture.");
    List<Object> sizes = new ArrayList<>();
    for (Object entry : dendrite.list("media_api.thumbnail_sizes")) {
      if (entry instanceof Map<?, ?> size
          && size.get("width") != null
          && size.get("height") != null) {
        Map<String, Object> copy = new LinkedHashMap<>();
        copy.put("width", size.get("width"));
        copy.put("height", size.get("height"));
        copy.put("method", size.get("method") == null ? "scale" : size.get("method"));
        sizes.add(copy);
      }
    }
    if (!sizes.isEmpty()) {
      from("media_api.thumbnail_sizes", "thumbnail_sizes", sizes, "");
    }
    put("url_preview_enabled", false, "Dendrite 0.13 has no previews of links.");
    end("Media");
  }

  private void calls() throws InvalidConfigurationException {
    List<String> addresses = dendrite.texts("client_api.turn.turn_uris");
    if (!addresses.isEmpty()) {
      from("client_api.turn.turn_uris", "turn_uris", addresses, "");
    }
    copySecret("client_api.turn.turn_shared_secret", "turn_shared_secret");
    copy("client_api.turn.turn_username", "turn_username");
    copySecret("client_api.turn.turn_password", "turn_password");
    String lifetime = dendrite.text("client_api.turn.turn_user_lifetime", "");
    OptionalLong milliseconds = GoDuration.milliseconds(lifetime);
    if (milliseconds.isPresent() && milliseconds.getAsLong() > 0) {
      from(
          "client_api.turn.turn_user_lifetime",
          "turn_user_lifetime",
          milliseconds.getAsLong(),
          "In ms.");
    }
    end("Calls");
  }

  private void notices() throws InvalidConfigurationException {
    boolean enabled = dendrite.is("global.server_notices.enabled", false);
    Map<String, Object> notice = new LinkedHashMap<>();
    notice.put(
        "system_mxid_localpart", dendrite.text("global.server_notices.local_part", "_server"));
    notice.put(
        "system_mxid_display_name",
        dendrite.text("global.server_notices.display_name", "Server Alerts"));
    String avatar = dendrite.text("global.server_notices.avatar_url", "");
    if (!avatar.isEmpty()) {
      notice.put("system_mxid_avatar_url", avatar);
    }
    notice.put("room_name", dendrite.text("global.server_notices.room_name", "Server Alerts"));
    if (enabled) {
      from("global.server_notices", "server_notices", notice, "");
    }
    end("Server notices");
  }

  private void applicationServices() throws InvalidConfigurationException {
    List<String> files = new ArrayList<>();
    for (String named : dendrite.texts("app_service_api.config_files")) {
      Path beside = origin.toAbsolutePath().resolveSibling(named).normalize();
      Path here = Path.of(named).toAbsolutePath().normalize();
      Path file = Files.exists(beside) || !Files.exists(here) ? beside : here;
      if (!Files.exists(file)) {
        notes.add(
            "app_service_api.config_files: there is no file "
                + file
                + "; correct the path in app_service_config_files, or Synapse will not start");
      }
      files.add(file.toString());
    }
    if (!files.isEmpty()) {
      from(
          "app_service_api.config_files",
          "app_service_config_files",
          files,
          "The files have the same form. Synapse's user must be able to read them.");
    }
    if (dendrite.is("app_service_api.legacy_auth", false)) {
      from("app_service_api.legacy_auth", "use_appservice_legacy_authorization", true, "");
    }
    end("Application services");
  }

  private void statistics() throws InvalidConfigurationException {
    from(
        "global.report_stats.enabled",
        "report_stats",
        dendrite.is("global.report_stats.enabled", false),
        "");
    String endpoint = dendrite.text("global.report_stats.endpoint", "");
    if (!endpoint.isEmpty() && !endpoint.contains("panopticon.matrix.org")) {
      from("global.report_stats.endpoint", "report_stats_endpoint", endpoint, "");
    }
    if (dendrite.is("global.metrics.enabled", false)) {
      from("global.metrics.enabled", "enable_metrics", true, "");
      notes.add(
          "global.metrics: add a listener of type metrics to listeners, e.g. on port 9000 of"
              + " 127.0.0.1; Dendrite had them at /metrics of its own port");
    }
    end("Statistics");
  }

  /** Synapse wants secrets of its own, and makes do with bad ones if they are missing. */
  private void ownSecrets() {
    for (String key : List.of("macaroon_secret_key", "form_secret")) {
      byte[] bytes = new byte[32];
      new SecureRandom().nextBytes(bytes);
      section.add(
          new Setting(
              key,
              Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
              "New; Dendrite has nothing like it. Keep it.",
              true));
    }
    end("Secrets of Synapse");
  }

  private void copy(String key, String setting) throws InvalidConfigurationException {
    String text = dendrite.text(key, "");
    if (!text.isEmpty()) {
      from(key, setting, text, "");
    }
  }

  private void copySecret(String key, String setting) throws InvalidConfigurationException {
    String text = dendrite.text(key, "");
    if (!text.isEmpty()) {
      section.add(new Setting(setting, text, "from " + key + " of " + name(), true));
    }
  }

  private void from(String key, String setting, Object value, String more)
      throws InvalidConfigurationException {
    boolean said = dendrite.file().has(key);
    put(
        setting,
        value,
        "from "
            + key
            + " of "
            + name()
            + (said ? "" : ", where it is not set: this is what Dendrite did then")
            + (more.isEmpty() ? "" : ". " + more));
  }

  private void put(String setting, Object value, String comment) {
    section.add(new Setting(setting, value, comment, false));
  }

  private void end(String heading) {
    sections.add(new Section(heading, List.copyOf(section)));
    section = new ArrayList<>();
  }

  private String name() {
    return origin.getFileName().toString();
  }
}
