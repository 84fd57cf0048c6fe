package d2s.cli.homeserver;

import d2s.cli.configuration.DendriteSigningKeys;
import d2s.cli.configuration.InvalidConfigurationException;
import d2s.cli.configuration.Placeholders;
import d2s.cli.connection.ConnectionParameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The name of the server, where it listens, and its keys. */
final class ServerSettings {

  private ServerSettings() {}

  static void server(SettingsWriter out) throws InvalidConfigurationException {
    String serverName = out.dendrite().text("global.server_name", "");
    if (serverName.isEmpty()) {
      throw new InvalidConfigurationException(
          out.origin() + " has no global.server_name; is it the right file?");
    }
    out.from("global.server_name", "server_name", serverName, "It can never change.");
    String client = out.dendrite().text("global.well_known_client_name", "");
    if (!client.isEmpty()) {
      out.from(
          "global.well_known_client_name",
          "public_baseurl",
          client,
          "Synapse tells it to clients at /.well-known/matrix/client.");
    }
    String delegated = out.dendrite().text("global.well_known_server_name", "");
    if (delegated.equals(serverName + ":443")) {
      out.from(
          "global.well_known_server_name",
          "serve_server_wellknown",
          true,
          "Synapse tells it to other servers at /.well-known/matrix/server.");
    } else if (!delegated.isEmpty()) {
      out.note(
          "global.well_known_server_name: Synapse can delegate only to "
              + serverName
              + ":443. Let the proxy in front of it answer https://"
              + serverName
              + "/.well-known/matrix/server with {\"m.server\": \""
              + delegated
              + "\"}");
    }
    if (!out.dendrite().text("global.well_known_sliding_sync_proxy", "").isEmpty()) {
      out.note(
          "global.well_known_sliding_sync_proxy: Synapse does sliding sync itself; the proxy is no"
              + " longer needed");
    }
    String header = out.dendrite().text("sync_api.real_ip_header", "");
    boolean federates = !out.dendrite().is("global.disable_federation", false);
    Map<String, Object> listener = new LinkedHashMap<>();
    listener.put("port", 8008);
    listener.put("type", "http");
    listener.put("tls", false);
    listener.put("bind_addresses", List.of("127.0.0.1"));
    listener.put("x_forwarded", !header.isEmpty());
    listener.put(
        "resources",
        List.of(Map.of("names", federates ? List.of("client", "federation") : List.of("client"))));
    out.put(
        "listeners",
        List.of(listener),
        "FILL IN if Dendrite listened elsewhere: its addresses are not in "
            + out.name()
            + " but on its command line (-http-bind-address, default :8008). x_forwarded is from"
            + " sync_api.real_ip_header.");
    if (!header.isEmpty() && !header.equalsIgnoreCase("X-Forwarded-For")) {
      out.note(
          "sync_api.real_ip_header: Synapse reads X-Forwarded-For and no other header; let the proxy"
              + " send it in place of "
              + header);
    }
    out.end("Server");
  }

  static void keys(SettingsWriter out) throws InvalidConfigurationException {
    out.dendrite().text("global.private_key", "");
    out.dendrite().list("global.old_private_keys");
    out.put(
        "signing_key_path",
        out.signingKey().toAbsolutePath().normalize().toString(),
        "from global.private_key of "
            + out.name()
            + ", in Synapse's form: \"d2s keys\" makes this file.");
    DendriteSigningKeys keys = DendriteSigningKeys.readOld(out.dendrite().file());
    keys.notes().forEach(out::note);
    if (!keys.old().isEmpty()) {
      out.from("global.old_private_keys", "old_signing_keys", keys.oldSigningKeys(), "");
    }
    OptionalLong validity =
        GoDuration.milliseconds(out.dendrite().text("global.key_validity_period", "168h"));
    if (validity.isPresent()) {
      out.from(
          "global.key_validity_period",
          "key_refresh_interval",
          validity.getAsLong(),
          "How long other servers may keep the key, in ms.");
    }
    out.end("Signing keys");
  }

  /** Whatever is not known of the database must be filled in; a port is there to be edited. */
  static void database(SettingsWriter out) {
    Map<ConnectionParameter, String> known = out.choices().database().orElse(Map.of());
    boolean socket = known.getOrDefault(ConnectionParameter.HOST, "").startsWith("/");
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("host", known.getOrDefault(ConnectionParameter.HOST, "localhost"));
    arguments.put("port", port(known));
    arguments.put("dbname", known.getOrDefault(ConnectionParameter.DATABASE, "synapse"));
    arguments.put("user", known.getOrDefault(ConnectionParameter.USER, "synapse"));
    String password = known.get(ConnectionParameter.PASSWORD);
    if (password != null || !socket) {
      arguments.put("password", password == null ? Placeholders.FILL_IN : password);
    }
    known.forEach((parameter, value) -> arguments.putIfAbsent(parameter.keyword(), value));
    arguments.put("cp_min", 5);
    arguments.put("cp_max", 10);
    Map<String, Object> database = new LinkedHashMap<>();
    database.put("name", "psycopg2");
    database.put("args", arguments);
    String comment =
        (known.isEmpty()
                ? "FILL IN"
                : password == null && !socket ? "FILL IN the password" : "given")
            + ": Synapse's own database, not Dendrite's, made with UTF8 and the C collation.";
    if (password == null) {
      out.put("database", database, comment);
    } else {
      out.putSecret("database", database, comment);
    }
    out.end("Database");
  }

  private static Object port(Map<ConnectionParameter, String> known) {
    String port = known.getOrDefault(ConnectionParameter.PORT, "5432");
    return port.matches("[0-9]{1,5}") ? (Object) Integer.valueOf(port) : port;
  }
}
