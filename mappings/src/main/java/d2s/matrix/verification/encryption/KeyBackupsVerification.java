package d2s.matrix.verification.encryption;

import d2s.matrix.verification.Comparisons;
import java.util.List;

/** Versions of key backups, deleted ones too, and the keys in those that are not. */
public final class KeyBackupsVerification extends Comparisons {

  @Override
  public String name() {
    return "key backups";
  }

  @Override
  public String proves() {
    return "Every key backup is there with each of its keys.";
  }

  @Override
  public List<String> tables() {
    return List.of("e2e_room_keys", "e2e_room_keys_versions");
  }

  @Override
  protected List<Comparison> comparisons() {
    return List.of(
        new Comparison(
            "key backup",
            """
            select v.user_id || ' ' || v.version as key, v.algorithm, v.auth_data as content, v.deleted,
                   case when v.etag ~ '^[0-9]{1,18}$' then v.etag::bigint else 0 end as etag
            from userapi_key_backup_versions v
            join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a on '@' || a.localpart || ':' || a.server_name = v.user_id
            where a.is_deactivated is not true
            """,
            """
            select user_id || ' ' || version as key, algorithm, auth_data as content, deleted,
                   coalesce(etag, 0) as etag
            from e2e_room_keys_versions
            """),
        new Comparison(
            "key in a backup",
            """
            select k.user_id || ' ' || k.version || ' ' || k.room_id || ' ' || k.session_id as key,
                   k.first_message_index, k.forwarded_count, k.is_verified, k.session_data as content,
                   v.auth_data as content_of_parent
            from userapi_key_backups k
            join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a on '@' || a.localpart || ':' || a.server_name = k.user_id
            join userapi_key_backup_versions v on v.user_id = k.user_id and v.version::text = k.version
            where a.is_deactivated is not true and v.deleted = 0
            """,
            """
            select user_id || ' ' || version || ' ' || room_id || ' ' || session_id as key,
                   first_message_index, forwarded_count, is_verified, session_data as content
            from e2e_room_keys
            """));
  }
}
