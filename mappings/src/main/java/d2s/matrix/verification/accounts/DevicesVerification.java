package d2s.matrix.verification.accounts;

import d2s.matrix.verification.Comparisons;
import java.util.List;

/**
 * {@code devices}, {@code access_tokens} and {@code user_ips}. The device of an application
 * service's own user is none: its token stands in the registration.
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

  /** An address can have a port, and one of IPv6 then stands in brackets. Others are not kept. */
  private static final String ADDRESS =
      """
      substring(case when d.ip like '[%' then substring(d.ip from '^\\[([^]]*)\\]')
                     else regexp_replace(d.ip, '^([^:]*):[^:]*$', '\\1') end
                from '^(?:[0-9]{1,3}(?:[.][0-9]{1,3}){3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{0,40})$')
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
    return List.of("devices", "access_tokens", "user_ips");
  }

  @Override
  protected List<Comparison> comparisons() {
    return List.of(
        new Comparison(
            "device",
            """
            select '@' || localpart || ':' || server_name || ' ' || d.device_id as key,
                   nullif(d.display_name, '') as display_name, d.last_seen_ts as last_seen, d.user_agent,
                   d.access_token as token, %s as ip,
            """
                    .formatted(ADDRESS)
                + REPEATED
                + SOURCE,
            """
            select user_id || ' ' || device_id as key, display_name, last_seen, user_agent, ip
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
            """),
        new Comparison(
            "address",
            """
            select '@' || localpart || ':' || server_name || ' ' || d.device_id as key,
                   %s as ip, d.access_token as token, d.access_token, coalesce(d.user_agent, '') as user_agent,
                   d.last_seen_ts as last_seen,
            """
                    .formatted(ADDRESS)
                + REPEATED
                + SOURCE
                + " and %s is not null".formatted(ADDRESS),
            """
            select user_id || ' ' || device_id as key, ip, access_token, user_agent, last_seen
            from user_ips
            """));
  }
}
