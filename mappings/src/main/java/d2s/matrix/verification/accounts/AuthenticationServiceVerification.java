package d2s.matrix.verification.accounts;

import d2s.matrix.verification.TargetRules;
import java.util.List;

/**
 * What Matrix Authentication Service needs to read the accounts out of Synapse's database: the
 * conditions on rows that its {@code syn2mas check} and {@code migrate} have, beside those on
 * configuration files. What they only warn of is no fault of the load and is not here: guests,
 * phone numbers.
 */
public final class AuthenticationServiceVerification extends TargetRules {

  private static final String BCRYPT = "'^[$]2[abxy]?[$][0-9]{2}[$][./A-Za-z0-9]{53}$'";

  private static final List<String> OF_A_USER =
      List.of("devices", "access_tokens", "refresh_tokens", "user_threepids", "user_external_ids");

  @Override
  public String name() {
    return "syn2mas";
  }

  @Override
  public String proves() {
    return "Matrix Authentication Service can take over the accounts.";
  }

  @Override
  public List<String> tables() {
    return List.of("users", "devices", "access_tokens");
  }

  @Override
  protected String counted() {
    return "select (select count(*) from users) + (select count(*) from devices)"
        + " + (select count(*) from access_tokens)";
  }

  @Override
  protected List<Rule> rules() {
    return List.of(
        new Rule(
            "is no user ID of this server",
            """
            select coalesce(name, 'an account without a name') from users
            where name is null or left(name, 1) <> '@' or name not like '_%:%'
               or substr(name, strpos(name, ':') + 1) <> :server_name
               or strpos(name, ':') < 3
            """),
        new Rule(
            "differs from another user ID only in upper and lower case: the service finds one of them",
            """
            select name from users
            where lower(name) in (select lower(name) from users group by 1 having count(*) > 1)
            """),
        new Rule(
                "has a password that is not hashed by bcrypt",
                """
                select name from users where password_hash is not null and password_hash !~\s
                """
                    + BCRYPT)
            .unlessIn(
                """
                select '@' || localpart || ':' || server_name from userapi_accounts where password_hash !~\s
                """
                    + BCRYPT),
        new Rule("has no time of creation", "select name from users where creation_ts is null"),
        new Rule(
            "was created in the future: creation_ts must be in s, and may be in ms",
            "select name from users where creation_ts > extract(epoch from now()) + 86400"),
        new Rule(
            "belongs to no account",
            String.join(
                "\nunion all\n",
                OF_A_USER.stream()
                    .map(
                        table ->
                            "select distinct '%1$s of ' || user_id from %1$s t".formatted(table)
                                + " where not exists"
                                + " (select 1 from users u where u.name = t.user_id)")
                    .toList())),
        new Rule(
            "is a token of a device that is not there",
            """
            select t.user_id || ' ' || t.device_id from access_tokens t
            where t.device_id is not null and not exists
              (select 1 from devices d where d.user_id = t.user_id and d.device_id = t.device_id)
            union all
            select t.user_id || ' ' || t.device_id from refresh_tokens t
            where not exists
              (select 1 from devices d where d.user_id = t.user_id and d.device_id = t.device_id)
            """),
        new Rule(
            "is a device with an ip that is no address",
            """
            select user_id || ' ' || device_id from devices
            where ip <> '-' and ip !~ '^[0-9]{1,3}([.][0-9]{1,3}){3}$' and ip !~ '^[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*$'
            """),
        new Rule(
            "is a device that is neither hidden nor shown",
            "select user_id || ' ' || device_id from devices where hidden is null"),
        new Rule(
            "is linked to a service that was tried before: delete its rows of oauth-delegated",
            "select user_id from user_external_ids where auth_provider = 'oauth-delegated'"));
  }
}
