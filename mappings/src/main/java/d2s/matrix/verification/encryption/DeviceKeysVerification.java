package d2s.matrix.verification.encryption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.rows.Merge;
import d2s.matrix.verification.rows.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code e2e_device_keys_json}: the keys of the devices of this server, as their clients uploaded
 * them. {@code device_lists_remote_cache}: those of other servers, for users whose list Synapse
 * trusts; it asks for all others. Signatures have a verification of their own.
 */
public final class DeviceKeysVerification implements Verification {

  /** What others add to the keys. */
  private static final List<String> SIGNED = List.of("signatures", "unsigned");

  @Override
  public String name() {
    return "device keys";
  }

  @Override
  public String proves() {
    return "Every device has the keys that its client uploaded, also on other servers.";
  }

  @Override
  public List<String> tables() {
    return List.of("e2e_device_keys_json", "device_lists_remote_cache");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    Merge.judge(
        context,
        """
        select k.user_id || ' ' || k.device_id as key, k.key_json, least(greatest(k.ts_added_secs, 0), 9007199254740) * 1000 as added
        from keyserver_device_keys k
        join userapi_devices d
          on d.device_id = k.device_id and '@' || d.localpart || ':' || d.server_name = k.user_id
        join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a using (localpart, server_name)
        where a.is_deactivated is not true and k.key_json <> ''
        """,
        """
        select user_id || ' ' || device_id as key, key_json, ts_added_ms as added
        from e2e_device_keys_json
        """,
        (device, dendrite, synapse) ->
            dendrite == null ? "Dendrite has no keys of this device" : finding(dendrite, synapse),
        findings);
    compareRemote(context, findings);
  }

  private static void compareRemote(VerificationContext context, Findings findings)
      throws SQLException {
    Set<String> trusted = new HashSet<>();
    Sql.each(
        context.target(),
        "select user_id from device_lists_remote_extremeties",
        row -> trusted.add(row.getString(1)));
    Merge.of(
        context,
        """
        select k.user_id || ' ' || k.device_id as key, k.user_id, k.key_json from keyserver_device_keys k
        where substr(k.user_id, position(':' in k.user_id) + 1) <> :server_name
        """,
        "select user_id || ' ' || device_id as key, content from device_lists_remote_cache",
        (device, dendrite, synapse) -> {
          if (dendrite == null) {
            findings.found(device, "Dendrite knows no such device of another server");
          } else if (synapse == null) {
            if (trusted.contains(dendrite.getString("user_id"))) {
              findings.found(
                  device, "is a device of another server that Synapse would not know of");
            }
          } else if (!isSame(dendrite.getString("key_json"), synapse.getString("content"))) {
            findings.found(device, "has other keys than in Dendrite");
          }
        });
  }

  private static boolean isSame(String keysInDendrite, String content) {
    ObjectNode before = unsigned(keysInDendrite);
    ObjectNode device = EventJson.read(content);
    if (before == null || device == null) {
      return false;
    }
    if (before.path("keys").isEmpty()) {
      return !device.has("keys");
    }
    if (device.path("keys") instanceof ObjectNode after) {
      after.remove(SIGNED);
      return after.equals(before);
    }
    return false;
  }

  private static String finding(ResultSet dendrite, ResultSet synapse) throws SQLException {
    ObjectNode before = unsigned(dendrite.getString("key_json"));
    if (synapse == null) {
      return before == null || before.path("keys").isEmpty() ? null : "has lost its keys";
    }
    ObjectNode after = unsigned(synapse.getString("key_json"));
    if (before == null || !before.equals(after)) {
      return "has other keys than in Dendrite";
    }
    return dendrite.getLong("added") == synapse.getLong("added")
        ? null
        : "has had its keys since another time";
  }

  private static ObjectNode unsigned(String json) {
    ObjectNode object = EventJson.read(json);
    if (object != null) {
      object.remove(SIGNED);
    }
    return object;
  }
}
