package d2s.matrix.verification.encryption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.rows.Merge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * {@code e2e_device_keys_json}: the keys of the devices of this server, as their clients uploaded
 * them. Signatures have a verification of their own.
 */
public final class DeviceKeysVerification implements Verification {

  @Override
  public String name() {
    return "device keys";
  }

  @Override
  public String proves() {
    return "Every device has the keys that its client uploaded.";
  }

  @Override
  public List<String> tables() {
    return List.of("e2e_device_keys_json");
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
      object.remove(List.of("signatures", "unsigned"));
    }
    return object;
  }
}
