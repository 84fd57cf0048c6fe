package d2s.matrix.verification.userdata;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Comparisons;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;
import java.util.List;

/** {@code pushers} of devices that are still there; none begins with what was pushed already. */
public final class PushersVerification extends Comparisons {

  @Override
  public String name() {
    return "pushers";
  }

  @Override
  public String proves() {
    return "Every device gets notifications as before and none of them again.";
  }

  @Override
  public List<String> tables() {
    return List.of("pushers");
  }

  @Override
  protected List<Comparison> comparisons() {
    return List.of(
        new Comparison(
            "pusher",
            """
            select '@' || p.localpart || ':' || p.server_name || ' ' || p.app_id || ' ' || p.id as key,
                   p.kind, coalesce(p.profile_tag, '') as profile_tag, p.app_display_name, p.device_display_name,
                   p.pushkey, p.lang, p.data, d.device_id, true as enabled, p.data as content,
                   '@' || d.localpart || ':' || d.server_name || ' ' || d.device_id as of_device,
                   case when coalesce(a.account_type, 0) = 4 and d.device_id = d.localpart
                        then 'the user of an application service has no device in Synapse'
                        when row_number() over (partition by p.localpart, p.server_name, p.app_id, p.pushkey order by p.id) > 1
                        then 'it pushes to where another pusher of the user does'
                        when exists (select 1 from userapi_pushers o where o.id = p.id and o.ctid <> p.ctid)
                        then 'another pusher has its number' end as left_out
            from userapi_pushers p
            join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a
              on a.localpart = p.localpart and a.server_name = p.server_name and a.is_deactivated is not true
            left join userapi_devices d
              on d.session_id = p.session_id and d.localpart = p.localpart and d.server_name = p.server_name
            where p.kind = 'http' and (p.session_id is null or d.device_id is not null)
            """,
            """
            select user_name || ' ' || app_id || ' ' || id as key, kind, profile_tag, app_display_name,
                   device_display_name, pushkey, lang, data, device_id, coalesce(enabled, true) as enabled
            from pushers
            """));
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    super.verify(context, findings);
    Sql.findAll(
        context.target(),
        Sql.with(
            context,
            """
            select user_name || ' ' || app_id || ' ' || id from pushers
            where coalesce(last_stream_ordering, 0)
                  < (select max(stream_ordering) from events where stream_ordering <= :floor)
            """),
        "is a pusher that would push old events again",
        findings);
    Sql.findAll(
        context.target(),
        Sql.with(
            context,
            """
            select user_name || ' ' || app_id || ' ' || id from pushers
            where last_stream_ordering > (select greatest(max(stream_ordering), :floor) from events)
            """),
        "is a pusher that would not push the next events",
        findings);
  }
}
