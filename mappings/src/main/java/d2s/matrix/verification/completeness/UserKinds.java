package d2s.matrix.verification.completeness;

import java.util.List;

/** What belongs to users. */
final class UserKinds {

  static final List<Kind> ALL =
      List.of(
          new Kind(
              "account",
              """
              select '@' || localpart || ':' || server_name as key, 'userapi_accounts' as known_in from userapi_accounts
              union all select '@' || localpart || ':' || server_name, 'userapi_profiles' from userapi_profiles
              union all select '@' || localpart || ':' || server_name, 'userapi_devices' from userapi_devices
              union all select '@' || localpart || ':' || server_name, 'userapi_threepids' from userapi_threepids
              union all
              select distinct '@' || localpart || ':' || server_name, 'userapi_account_datas' from userapi_account_datas
              union all select distinct user_id, 'userapi_key_backup_versions' from userapi_key_backup_versions
              union all
              select distinct user_id, 'keyserver_device_keys' from keyserver_device_keys
              where substr(user_id, position(':' in user_id) + 1) = :server_name
              """,
              "select name as key from users",
              List.of("users")),
          new Kind(
              "profile",
              """
              select '@' || localpart || ':' || server_name as key, 'userapi_profiles' as known_in from userapi_profiles
              """,
              "select full_user_id as key from profiles",
              List.of("profiles")),
          new Kind(
              "device",
              """
              select '@' || localpart || ':' || server_name || ' ' || device_id as key, 'userapi_devices' as known_in
              from userapi_devices
              """,
              "select user_id || ' ' || device_id as key from devices",
              List.of("devices")),
          new Kind(
              "waiting messages of the device",
              """
              select distinct user_id || ' ' || device_id as key, 'syncapi_send_to_device' as known_in
              from syncapi_send_to_device
              """,
              "select distinct user_id || ' ' || device_id as key from device_inbox",
              List.of("device_inbox")),
          new Kind(
              "pusher",
              """
              select '@' || localpart || ':' || server_name || ' ' || app_id as key, 'userapi_pushers' as known_in
              from userapi_pushers
              """,
              "select user_name || ' ' || app_id as key from pushers",
              List.of("pushers")),
          new Kind(
              "account data",
              """
              select '@' || localpart || ':' || server_name || ' ' || coalesce(room_id, '') || ' ' || type as key,
                     'userapi_account_datas' as known_in
              from userapi_account_datas
              where not (type = 'm.push_rules' and coalesce(room_id, '') = '') and not (type = 'm.tag' and room_id <> '')
              """,
              """
              select user_id || '  ' || account_data_type as key from account_data
              union all select user_id || ' ' || room_id || ' ' || account_data_type from room_account_data
              """,
              List.of("account_data", "room_account_data")),
          new Kind(
              "tags of the room",
              """
              select '@' || localpart || ':' || server_name || ' ' || room_id as key, 'userapi_account_datas' as known_in
              from userapi_account_datas where type = 'm.tag' and room_id <> ''
              """,
              "select user_id || ' ' || room_id as key from room_tags_revisions",
              List.of("room_tags_revisions")),
          new Kind(
              "filter",
              "select localpart || ' ' || id as key, 'syncapi_filter' as known_in from syncapi_filter",
              "select user_id || ' ' || filter_id as key from user_filters",
              List.of("user_filters")),
          new Kind(
              "key backup",
              """
              select user_id || ' ' || coalesce(version::text, '') as key, 'userapi_key_backup_versions' as known_in
              from userapi_key_backup_versions
              union all select distinct user_id || ' ' || version, 'userapi_key_backups' from userapi_key_backups
              """,
              "select user_id || ' ' || version as key from e2e_room_keys_versions",
              List.of("e2e_room_keys_versions")),
          new Kind(
              "third-party identifiers of the account",
              """
              select distinct '@' || localpart || ':' || server_name || ' ' || medium as key,
                     'userapi_threepids' as known_in
              from userapi_threepids
              """,
              "select distinct user_id || ' ' || medium as key from user_threepids",
              List.of("user_threepids")));

  private UserKinds() {}
}
