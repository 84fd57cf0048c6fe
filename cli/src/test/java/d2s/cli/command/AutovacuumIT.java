package d2s.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.cli.CommandLineRun;
import d2s.engine.schema.CatalogDdl;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.catalog.BundledRecordings;
import d2s.testing.FreshSynapse;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** PostgreSQL's own autovacuum works on both databases, with the strongest lock that there is. */
class AutovacuumIT {

  private static final String USER = "d2s_autovacuum_user";

  /** Autovacuum analyses a table of one row; the expression of its index takes the lock. */
  private static final String TRAP =
      """
      create schema aside;
      create table aside.trap (n int) with (autovacuum_analyze_threshold = 0);
      create function aside.take() returns int language plpgsql as $$
        begin
          lock table public.%s in access exclusive mode;
          perform pg_sleep(60);
          return 0;
        end $$;
      create function aside.hold(n int) returns int immutable language plpgsql as $$
        begin
          if (select usesysid from pg_stat_activity where pid = pg_backend_pid()) is null then
            perform aside.take();
          end if;
          return n;
        end $$;
      create index on aside.trap (aside.hold(n));
      insert into aside.trap values (1);
      """;

  private static final String HOLDING =
      """
      select a.pid from pg_locks l join pg_stat_activity a using (pid)
      where l.relation = 'public.%s'::regclass and l.mode = 'AccessExclusiveLock' and l.granted
        and a.backend_type = 'autovacuum worker'
      """;

  @Test
  void isNobodyToWaitFor() throws Exception {
    TestDatabase dendrite = TestPostgres.createDatabase("autovacuum_dendrite");
    TestDatabase synapse = TestPostgres.createDatabase("autovacuum_synapse");
    try (Connection source = dendrite.connect();
        Connection target = synapse.connect();
        Statement inTarget = target.createStatement()) {
      dendrite.execute("create role " + USER + " login in role pg_read_all_data");
      BundledRecordings.restore("dendrite-0.13.8", source);
      inTarget.execute("grant create on schema public to " + USER);
      inTarget.execute("set role " + USER);
      CatalogDdl.create(target, BundledCatalogs.newest("synapse"));
      inTarget.execute(FreshSynapse.version(BundledCatalogs.newest("synapse").version()));
    }
    try {
      trap(dendrite, "roomserver_rooms");
      trap(synapse, "users");
      awaitHeld(dendrite, "roomserver_rooms");
      awaitHeld(synapse, "users");

      CommandLineRun run =
          CommandLineRun.of(
              "check",
              "--json",
              "--media-mode",
              "none",
              "--dendrite-db",
              connection(dendrite),
              "--synapse-db",
              connection(synapse));

      // It gives way to whoever waits for a second, and comes back a second later.
      awaitHeld(dendrite, "roomserver_rooms");
      awaitHeld(synapse, "users");
      JsonNode checks = new ObjectMapper().readTree(run.out()).path("checks");
      assertThat(checks.findValuesAsText("id"))
          .contains("source-locked", "target-locked", "dendrite-stopped", "synapse-stopped");
      assertThat(checks.findValuesAsText("severity")).as(run.all()).doesNotContain("error");
    } finally {
      dendrite.execute("alter system reset autovacuum_naptime", "select pg_reload_conf()");
      dendrite.drop();
      synapse.drop();
      TestDatabase any = TestPostgres.createDatabase("autovacuum_roles");
      any.execute("drop role " + USER);
      any.drop();
    }
  }

  private static String connection(TestDatabase database) {
    return CommandLineRun.connection(database).replaceFirst("user=\\S+", "user=" + USER);
  }

  private static void trap(TestDatabase database, String table) throws SQLException {
    database.execute(
        "alter system set autovacuum_naptime = '1s'",
        "select pg_reload_conf()",
        TRAP.formatted(table));
  }

  private static void awaitHeld(TestDatabase database, String table) throws Exception {
    for (int attempt = 0; database.rows(HOLDING.formatted(table)).isEmpty(); attempt++) {
      assertThat(attempt).as("autovacuum came to " + table).isLessThan(300);
      Thread.sleep(100);
    }
  }
}
