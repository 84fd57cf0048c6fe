package d2s.engine.prepare;

import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Side;
import d2s.engine.result.CheckResult;
import d2s.engine.result.Severity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What every pair of PostgreSQL databases is looked at for before a run. */
final class DatabaseChecks {

  private static final int ROWS = 100;

  /**
   * What others hold locked. A process of the server itself has no user: autovacuum ends as soon as
   * somebody waits for it.
   */
  private static final String LOCKS =
      """
      select distinct l.mode || ' on ' || c.relname || ' by ' ||
             coalesce('process ' || l.pid || ' of the user ' || a.usename
                        || case when a.application_name <> '' then ' (' || a.application_name || ')' else '' end,
                      'a prepared transaction, see pg_prepared_xacts')
      from pg_locks l
      join pg_class c on c.oid = l.relation
      left join pg_stat_activity a on a.pid = l.pid
      where l.database = (select oid from pg_database where datname = current_database())
        and l.granted and l.pid is distinct from pg_backend_pid()
        and (l.pid is null or a.usesysid is not null)
        and l.mode %s and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'i')
      order by 1
      """;

  private static final String EXCLUSIVE = "= 'AccessExclusiveLock'";
  private static final String ANY = "<> 'ShareUpdateExclusiveLock'";

  private static final String UNREADABLE =
      """
      select case c.relkind when 'S' then 'sequence ' else 'table ' end || c.relname
      from pg_class c
      where c.relnamespace = 'public'::regnamespace
        and case c.relkind
              when 'r' then not has_table_privilege(c.oid, 'SELECT')
              when 'S' then not has_sequence_privilege(c.oid, 'SELECT')
              else false
            end
      order by 1
      """;

  private static final String UNWRITABLE =
      """
      select case c.relkind when 'S' then 'sequence ' else 'table ' end || c.relname
      from pg_class c
      where c.relnamespace = 'public'::regnamespace
        and case c.relkind
              when 'r' then not (has_table_privilege(c.oid, 'SELECT') and has_table_privilege(c.oid, 'INSERT')
                                 and has_table_privilege(c.oid, 'UPDATE'))
              when 'S' then not has_sequence_privilege(c.oid, 'UPDATE')
              else false
            end
      union all
      select 'the database: no temporary tables'
      where not has_database_privilege(current_database(), 'TEMP')
      union all
      select 'the schema public: no new indexes' where not has_schema_privilege('public', 'CREATE')
      """;

  private static final String NOT_OWNED =
      """
      select 'table ' || c.relname || ' of ' || pg_get_userbyid(c.relowner)
      from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not pg_has_role(c.relowner, 'USAGE')
      order by 1
      """;

  private static final String READ_ONLY =
      """
      select 'the server is a standby' where pg_is_in_recovery()
      union all
      select 'default_transaction_read_only is on' from pg_settings
      where name = 'default_transaction_read_only'
        and coalesce((select split_part(c, '=', 2) from pg_db_role_setting s, unnest(s.setconfig) c
                      where c like 'default_transaction_read_only=%'
                        and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
                        and s.setrole in (0, (select oid from pg_roles where rolname = current_user))
                      order by s.setdatabase = 0, s.setrole = 0 limit 1), reset_val) = 'on'
        and not pg_is_in_recovery()
      """;

  private final String sourceName;
  private final String targetName;
  private final Connection source;
  private final Connection target;
  private boolean wouldWait;

  DatabaseChecks(MappingSet set, Connection source, Connection target) {
    this.sourceName = set.endpoint(Side.SOURCE).name().value();
    this.targetName = set.endpoint(Side.TARGET).name().value();
    this.source = source;
    this.target = target;
  }

  /** Whether to read a table now would be to wait for somebody. */
  boolean wouldWait() {
    return wouldWait;
  }

  /** Who would make a run wait. */
  List<CheckResult> locks() throws SQLException {
    List<CheckResult> results = new ArrayList<>();
    if (!TargetLock.isFree(target)) {
      wouldWait = true;
      results.add(TargetLock.error());
      return results;
    }
    List<String> reading = rows(source, LOCKS.formatted(EXCLUSIVE));
    List<String> writing = rows(target, LOCKS.formatted(ANY));
    wouldWait = !reading.isEmpty() || !rows(target, LOCKS.formatted(EXCLUSIVE)).isEmpty();
    String cure =
        "End that session, e.g. with select pg_terminate_backend(PROCESS), and try again.";
    String cause = "This run would wait for it, perhaps for ever.";
    results.add(
        result(
            "source-locked",
            "Nobody holds a lock on the source that a reader would wait for.",
            "Another session has locked tables of the source database.",
            reading,
            cause,
            cure));
    results.add(
        result(
            "target-locked",
            "Nobody else holds a lock on tables of the target.",
            "Another session holds locks on tables of the target database.",
            writing,
            cause,
            cure));
    return results;
  }

  /** What the users of the two connections may not do. */
  List<CheckResult> privileges() throws SQLException {
    return List.of(
        result(
            "source-privileges",
            "The user of the source connection may read everything.",
            "The user of the source connection may not read some of it.",
            rows(source, UNREADABLE),
            "",
            "Connect as the user that " + sourceName + " itself uses."),
        result(
            "target-privileges",
            "The user of the target connection may write everything.",
            "The user of the target connection may not write some of it.",
            rows(target, UNWRITABLE),
            "",
            "Connect as the user that "
                + targetName
                + " itself uses, who should own the database: alter database ... owner to ..."),
        result(
            "target-ownership",
            "The user of the target connection owns its tables.",
            "The user of the target connection does not own its tables.",
            rows(target, NOT_OWNED),
            "Only an owner can drop indexes before the load and make them again after it.",
            "Connect as the user that "
                + targetName
                + " itself uses, or as a superuser execute: reassign owned by ... to ..."),
        result(
            "target-read-only",
            "The target can be written.",
            "The target database cannot be written.",
            rows(target, READ_ONLY),
            "",
            "Connect to the primary server. A setting goes away with: alter database ... reset"
                + " default_transaction_read_only; the same for alter role ..."));
  }

  private static CheckResult result(
      String id, String ok, String what, List<String> rows, String cause, String cure) {
    return rows.isEmpty()
        ? CheckResult.ok(id, ok)
        : new CheckResult(id, Severity.ERROR, what, rows, cause, cure);
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next() && found.size() < ROWS) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
