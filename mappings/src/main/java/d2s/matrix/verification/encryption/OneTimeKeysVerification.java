package d2s.matrix.verification.encryption;

import d2s.matrix.verification.Comparisons;
import java.util.List;

/**
 * One-time keys of devices that are still there. One that is missing wakes up no session; one too
 * many is a key whose private half the client has thrown away.
 */
public final class OneTimeKeysVerification extends Comparisons {

  @Override
  public String name() {
    return "one-time keys";
  }

  @Override
  public String proves() {
    return "Every one-time key that nobody has claimed is there and no other.";
  }

  @Override
  public List<String> tables() {
    return List.of("e2e_one_time_keys_json");
  }

  @Override
  protected List<Comparison> comparisons() {
    return List.of(
        new Comparison(
            "one-time key",
            """
            select k.user_id || ' ' || k.device_id || ' ' || k.algorithm || ':' || k.key_id as key,
                   k.key_json as content,
                   case when length(k.key_id) <> 6
                             and k.ts_added_secs between -9223372036854775 and 9223372036854775
                        then k.ts_added_secs * 1000 end as time,
                   case when length(k.key_id) <> 6
                             and k.ts_added_secs not between -9223372036854775 and 9223372036854775
                        then 'its time is beyond every number' end as left_out
            from keyserver_one_time_keys k
            join userapi_devices d
              on d.device_id = k.device_id and '@' || d.localpart || ':' || d.server_name = k.user_id
            join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a using (localpart, server_name)
            where a.is_deactivated is not true
            """,
            """
            select user_id || ' ' || device_id || ' ' || algorithm || ':' || key_id as key,
                   key_json as content,
                   case when length(key_id) <> 6 then ts_added_ms end as time
            from e2e_one_time_keys_json
            """));
  }
}
