package d2s.matrix.verification.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the keys of one user at a time from either database. */
final class KeyReading implements AutoCloseable {

  private final List<PreparedStatement> statements = new ArrayList<>();
  private final PreparedStatement dendriteDevices;
  private final PreparedStatement dendriteKeys;
  private final PreparedStatement dendriteSignatures;
  private final PreparedStatement synapseDevices;
  private final PreparedStatement synapseCache;
  private final PreparedStatement synapseKeys;
  private final PreparedStatement synapseSignatures;

  KeyReading(VerificationContext context) throws SQLException {
    Connection source = context.source();
    Connection target = context.target();
    dendriteDevices =
        prepare(
            source,
            """
            select k.device_id, k.key_json from keyserver_device_keys k
            join userapi_devices d
              on d.device_id = k.device_id and '@' || d.localpart || ':' || d.server_name = k.user_id
            join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a using (localpart, server_name)
            where k.user_id = ? and a.is_deactivated is not true
            """);
    dendriteKeys =
        prepare(
            source,
            "select key_type, key_data from keyserver_cross_signing_keys where user_id = ?");
    dendriteSignatures =
        prepare(
            source,
            """
            select origin_user_id, origin_key_id, target_key_id, signature
            from keyserver_cross_signing_sigs where target_user_id = ?
            """);
    synapseDevices =
        prepare(target, "select device_id, key_json from e2e_device_keys_json where user_id = ?");
    synapseCache =
        prepare(
            target, "select device_id, content from device_lists_remote_cache where user_id = ?");
    synapseKeys =
        prepare(
            target,
            """
            select distinct on (keytype) keytype, keydata from e2e_cross_signing_keys
            where user_id = ? order by keytype, stream_id desc
            """);
    synapseSignatures =
        prepare(
            target,
            """
            select user_id, key_id, target_device_id, signature
            from e2e_cross_signing_signatures where target_user_id = ?
            """);
  }

  private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statements.add(statement);
    return statement;
  }

  /** What Dendrite has, of devices only those that can be used. */
  SignedKeys fromDendrite(String user) throws SQLException {
    SignedKeys keys = new SignedKeys(user);
    each(
        dendriteDevices,
        user,
        row -> {
          ObjectNode object = EventJson.read(row.getString(2));
          if (object != null) {
            keys.addDevice(row.getString(1), object);
          }
        });
    each(
        dendriteKeys,
        user,
        row -> {
          String usage = usage(row.getInt(1));
          keys.addCrossSigningKey(usage, object(user, usage, row.getString(2)));
        });
    each(
        dendriteSignatures,
        user,
        row ->
            keys.addSignature(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                SignedKeys.Place.TABLE));
    return keys;
  }

  /** What Synapse has. */
  SignedKeys fromSynapse(String user) throws SQLException {
    SignedKeys keys = new SignedKeys(user);
    each(
        synapseDevices,
        user,
        row -> {
          ObjectNode object = EventJson.read(row.getString(2));
          if (object != null) {
            keys.addDevice(row.getString(1), object);
          }
        });
    each(
        synapseCache,
        user,
        row -> {
          ObjectNode content = EventJson.read(row.getString(2));
          if (content != null && content.path("keys") instanceof ObjectNode object) {
            keys.addDevice(row.getString(1), object);
          }
        });
    each(
        synapseKeys,
        user,
        row -> {
          ObjectNode object = EventJson.read(row.getString(2));
          if (object != null) {
            keys.addCrossSigningKey(row.getString(1), object);
          }
        });
    each(
        synapseSignatures,
        user,
        row ->
            keys.addSignature(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                SignedKeys.Place.TABLE));
    return keys;
  }

  private static void each(PreparedStatement statement, String user, Sql.RowReader reader)
      throws SQLException {
    statement.setString(1, user);
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  /** Dendrite's numbers for what a cross-signing key is for. */
  private static String usage(int keyType) {
    return switch (keyType) {
      case 1 -> "master";
      case 2 -> "self_signing";
      case 3 -> "user_signing";
      default -> "unknown";
    };
  }

  /** The object that clients sign; Dendrite keeps only the key. */
  private static ObjectNode object(String user, String usage, String base64) {
    String key = Ed25519Key.normal(base64);
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("user_id", user);
    object.putArray("usage").add(usage);
    JsonNode keys = JsonNodeFactory.instance.objectNode().put("ed25519:" + key, key);
    object.set("keys", keys);
    return object;
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : statements) {
      statement.close();
    }
  }
}
