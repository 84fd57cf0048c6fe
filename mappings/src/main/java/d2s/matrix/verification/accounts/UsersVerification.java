package d2s.matrix.verification.accounts;

import d2s.matrix.verification.Comparisons;
import java.util.List;

/** {@code users} and {@code profiles}. The time of creation is the only one in seconds. */
public final class UsersVerification extends Comparisons {

  @Override
  public String name() {
    return "users";
  }

  @Override
  public String proves() {
    return "Every account is there with its password and its profile.";
  }

  @Override
  public List<String> tables() {
    return List.of("users", "profiles");
  }

  @Override
  protected List<Comparison> comparisons() {
    return List.of(
        new Comparison(
            "user",
            """
            select '@' || localpart || ':' || server_name as key,
                   case when is_deactivated is true or password_hash = '' then null
                        else password_hash end as password_hash,
                   case when created_ts between 0 and (extract(epoch from now()) + 86400) * 1000
                        then created_ts / 1000 else 0 end as creation_ts,
                   case when account_type = 3 then 1 else 0 end as admin,
                   case when account_type = 2 and coalesce(password_hash, '') = '' then 1 else 0 end as is_guest,
                   case when appservice_id = '' then null else appservice_id end as appservice_id,
                   case when is_deactivated is true then 1 else 0 end as deactivated,
                   false as shadow_banned, false as locked, false as suspended, true as approved,
                   case when localpart = '' then 'its local part is empty'
                        when position(':' in localpart) > 0
                        then 'its local part holds a colon, and Synapse would not start with it' end as left_out
            from userapi_accounts
            """,
            """
            select name as key, password_hash, creation_ts, admin, is_guest, appservice_id, deactivated,
                   coalesce(shadow_banned, false) as shadow_banned, locked, suspended,
                   coalesce(approved, true) as approved
            from users
            """),
        new Comparison(
            "profile",
            """
            select '@' || p.localpart || ':' || p.server_name as key, p.localpart as user_id,
                   nullif(p.display_name, '') as displayname, nullif(p.avatar_url, '') as avatar_url
            from userapi_profiles p join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a using (localpart, server_name)
            """,
            "select full_user_id as key, user_id, displayname, avatar_url from profiles"));
  }
}
