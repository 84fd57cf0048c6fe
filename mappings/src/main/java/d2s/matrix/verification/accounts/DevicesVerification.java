package d2s.matrix.verification.accounts;

import d2s.matrix.verification.Comparisons;
import java.util.List;

/**
 * {@code devices} and {@code access_tokens}. The device of an application service's own user is
 * none: its token stands in the registration.
 */
public final class DevicesVerification extends Comparisons {

  private static final String SOURCE =
      """
      from userapi_devices d join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a using (localpart, server_name)
      where not (coalesce(a.account_type, 0) = 4 and d.device_id = d.localpart)
      """;

  /** Of the devices that have one token, the one with the lowest session keeps it. */
  private static final String REPEATED =
      """
      case when row_number() over (partition by d.access_token order by d.session_id, d.device_id) > 1
           then 'Dendrite gave its token to another device too' end as left_out
      """;

  @Override
  public String name() {
    return "devices";
  }

  @Override
  public String proves() {
    return "Every device stays logged in with its token.";
  }

  @Override
  public List<String> tables() {
    return List.of("devices", "access_tokens");
  }

  @Override
  protected List<Comparison> comparisons() {
    return List.of(
        new Comparison(
            "device",
            """
            select '@' || localpart || ':' || server_name || ' ' || d.device_id as key,
                   nullif(d.display_name, '') as display_name, d.last_seen_ts as last_seen, d.user_agent,
                   d.access_token as token,
            """
                + REPEATED
                + SOURCE,
            """
            select user_id || ' ' || device_id as key, display_name, last_seen, user_agent
            from devices where not hidden
            """),
        new Comparison(
            "access token",
            """
            select '@' || localpart || ':' || server_name || ' ' || d.device_id as key,
                   d.access_token as token, null::bigint as valid_until_ms, null::text as puppets_user_id,
            """
                + REPEATED
                + SOURCE,
            """
            select user_id || ' ' || device_id as key, token, valid_until_ms, puppets_user_id
            from access_tokens
            """));
  }
}
