package d2s.matrix.verification.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.rows.ByKey;
import d2s.matrix.verification.rows.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the keys of users from both databases: of one after the other in the order of their ids,
 * and of single ones who made a signature.
 */
final class KeyReading implements AutoCloseable {

  /** Adds a row of a query to the keys of its user. */
  @FunctionalInterface
  private interface Adder {
    void add(ResultSet row, SignedKeys keys) throws SQLException;
  }

  /**
   * A query with a column {@code user_id}.
   *
   * @param signatures whether it has no keys, only signatures of keys that stand elsewhere
   */
  private record Query(String name, boolean signatures, String sql, Adder adder) {}

  /** Of devices only those that can be used. */
  private static final List<Query> DENDRITE =
      List.of(
          new Query(
              "Dendrite's devices",
              false,
              """
              select k.user_id, k.device_id, k.key_json from keyserver_device_keys k
              join userapi_devices d
                on d.device_id = k.device_id and k.user_id like '@%:%'
                  and d.localpart = substr(split_part(k.user_id, ':', 1), 2)
                  and d.server_name = substr(k.user_id, strpos(k.user_id, ':') + 1)
              join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a
                using (localpart, server_name)
              where a.is_deactivated is not true
              """,
              (row, keys) -> addDevice(keys, row.getString(2), EventJson.read(row.getString(3)))),
          new Query(
              "Dendrite's cross-signing keys",
              false,
              """
              select user_id, key_type, key_data from keyserver_cross_signing_keys k
              where substr(k.user_id, strpos(k.user_id, ':') + 1) <> :server_name
                or (select true from userapi_accounts a
                    where a.localpart = substr(split_part(k.user_id, ':', 1), 2)
                      and a.server_name = substr(k.user_id, strpos(k.user_id, ':') + 1)
                    limit 1)
              """,
              (row, keys) -> {
                String usage = usage(row.getInt(2));
                if (usage != null) {
                  keys.addCrossSigningKey(usage, object(row.getString(1), usage, row.getString(3)));
                }
              }),
          new Query(
              "Dendrite's signatures",
              true,
              """
              select target_user_id as user_id, origin_user_id, origin_key_id, target_key_id, signature
              from keyserver_cross_signing_sigs
              """,
              KeyReading::addSignature));

  private static final Query DENDRITE_OTHERS =
      new Query(
          "Dendrite's devices of other servers",
          false,
          "select user_id, device_id, key_json from keyserver_device_keys",
          (row, keys) -> addDevice(keys, row.getString(2), EventJson.read(row.getString(3))));

  private static final List<Query> SYNAPSE =
      List.of(
          new Query(
              "Synapse's devices",
              false,
              "select user_id, device_id, key_json from e2e_device_keys_json",
              (row, keys) -> addDevice(keys, row.getString(2), EventJson.read(row.getString(3)))),
          new Query(
              "Synapse's devices of other servers",
              false,
              "select user_id, device_id, content from device_lists_remote_cache",
              (row, keys) -> {
                ObjectNode content = EventJson.read(row.getString(3));
                if (content != null && content.path("keys") instanceof ObjectNode object) {
                  addDevice(keys, row.getString(2), object);
                }
              }),
          new Query(
              "Synapse's cross-signing keys",
              false,
              """
              select distinct on (user_id, keytype) user_id, keytype, keydata from e2e_cross_signing_keys
              order by user_id, keytype, stream_id desc
              """,
              (row, keys) -> {
                ObjectNode object = EventJson.read(row.getString(3));
                if (object != null) {
                  keys.addCrossSigningKey(row.getString(2), object);
                }
              }),
          new Query(
              "Synapse's signatures",
              true,
              """
              select target_user_id as user_id, user_id as origin_user_id, key_id, target_device_id, signature
              from e2e_cross_signing_signatures
              """,
              KeyReading::addSignature));

  private final Map<Query, PreparedStatement> ofOne = new HashMap<>();

  KeyReading(VerificationContext context) throws SQLException {
    prepare(context, context.source(), DENDRITE);
    prepare(context, context.source(), List.of(DENDRITE_OTHERS));
    prepare(context, context.target(), SYNAPSE);
  }

  private void prepare(VerificationContext context, Connection connection, List<Query> queries)
      throws SQLException {
    for (Query query : queries) {
      if (!query.signatures()) {
        ofOne.put(
            query,
            connection.prepareStatement(
                "select * from (" + Sql.with(context, query.sql()) + ") keys where user_id = ?"));
      }
    }
  }

  /** Adds the queries that {@link #fromDendrite} and {@link #fromSynapse} read. */
  static void addTo(ByKey users, VerificationContext context) throws SQLException {
    for (Query query : DENDRITE) {
      users.with(query.name(), context.source(), Sql.with(context, query.sql()));
    }
    for (Query query : SYNAPSE) {
      users.with(query.name(), context.target(), query.sql());
    }
  }

  /** What Dendrite has of the user whom the queries stand at. */
  static SignedKeys fromDendrite(String user, ByKey users) throws SQLException {
    return read(user, users, DENDRITE);
  }

  /** What Synapse has of the user whom the queries stand at. */
  static SignedKeys fromSynapse(String user, ByKey users) throws SQLException {
    return read(user, users, SYNAPSE);
  }

  private static SignedKeys read(String user, ByKey users, List<Query> queries)
      throws SQLException {
    SignedKeys keys = new SignedKeys(user);
    for (Query query : queries) {
      users.read(user, query.name(), row -> query.adder().add(row, keys));
    }
    return keys;
  }

  /** The keys of any user in Dendrite, without the signatures that stand in a table. */
  SignedKeys signerFromDendrite(String user) throws SQLException {
    return signer(user, DENDRITE);
  }

  /** The same with the devices that Dendrite holds of a user of another server. */
  SignedKeys ofOtherServersFromDendrite(String user) throws SQLException {
    SignedKeys keys = signer(user, DENDRITE);
    add(user, DENDRITE_OTHERS, keys);
    return keys;
  }

  /** The same in Synapse. */
  SignedKeys signerFromSynapse(String user) throws SQLException {
    return signer(user, SYNAPSE);
  }

  private SignedKeys signer(String user, List<Query> queries) throws SQLException {
    SignedKeys keys = new SignedKeys(user);
    for (Query query : queries) {
      add(user, query, keys);
    }
    return keys;
  }

  private void add(String user, Query query, SignedKeys keys) throws SQLException {
    PreparedStatement statement = ofOne.get(query);
    if (statement != null) {
      statement.setString(1, user);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          query.adder().add(rows, keys);
        }
      }
    }
  }

  private static void addDevice(SignedKeys keys, String deviceId, ObjectNode object) {
    if (object != null) {
      keys.addDevice(deviceId, object);
    }
  }

  private static void addSignature(ResultSet row, SignedKeys keys) throws SQLException {
    keys.addSignature(
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        SignedKeys.Place.TABLE);
  }

  /** Dendrite's numbers for what a cross-signing key is for; null for any other. */
  private static String usage(int keyType) {
    return switch (keyType) {
      case 1 -> "master";
      case 2 -> "self_signing";
      case 3 -> "user_signing";
      default -> null;
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
    for (PreparedStatement statement : ofOne.values()) {
      statement.close();
    }
  }
}
