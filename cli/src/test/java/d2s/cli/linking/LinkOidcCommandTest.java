package d2s.cli.linking;

import static d2s.cli.CommandLineRun.connection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.cli.CommandLineRun;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every state of a link, on a database with Synapse's tables. */
class LinkOidcCommandTest {

  @TempDir private Path directory;
  private TestDatabase synapse;

  @BeforeEach
  void createTables() throws SQLException {
    synapse = TestPostgres.createDatabase("linking");
    synapse.execute(
        """
        create table users (name text unique, creation_ts bigint, deactivated smallint not null default 0)
        """,
        """
        create table user_external_ids (auth_provider text not null, external_id text not null,
          user_id text not null, unique (auth_provider, external_id))
        """,
        "create table devices (user_id text, device_id text, hidden boolean default false)",
        "create table local_current_membership (room_id text, user_id text, membership text)",
        """
        insert into users values ('@alexander:x.example', 1600000000, 0), ('@berta:x.example', 1600000000, 0),
          ('@carl:x.example', 1600000000, 0), ('@gone:x.example', 1600000000, 1),
          ('@agent47:x.example', 1600000000, 0), ('@agent:x.example', 1700000000, 0)
        """);
  }

  @AfterEach
  void drop() throws SQLException {
    synapse.drop();
  }

  @Test
  void linksNewOnes() throws SQLException, IOException {
    CommandLineRun run =
        link("user,provider,sub\nalexander,oidc-k,4711\n@berta:x.example,oidc-k,\"a, b\"\n");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .containsPattern("new +2 +will be linked")
        .contains("Done. 2 links made, 0 links removed.");
    assertThat(links())
        .containsExactly("oidc-k 4711 @alexander:x.example", "oidc-k a, b @berta:x.example");
  }

  @Test
  void changesNothingInADryRun() throws SQLException, IOException {
    CommandLineRun run = link("alexander,oidc-k,4711\n", "--dry-run");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains("line 1: @alexander:x.example, oidc-k, 4711", "Nothing was changed.");
    assertThat(links()).isEmpty();
  }

  @Test
  void canBeRepeated() throws SQLException, IOException {
    assertThat(link("alexander,oidc-k,4711\n").exitCode()).isZero();

    CommandLineRun again = link("alexander,oidc-k,4711\n");

    assertThat(again.exitCode()).as(again.all()).isZero();
    assertThat(again.out()).containsPattern("same +1 ").contains("0 links made");
    assertThat(links()).containsExactly("oidc-k 4711 @alexander:x.example");
  }

  @Test
  void movesTheSubOfAnAccidentalAccountOnlyIfAsked() throws SQLException, IOException {
    synapse.execute(
        "insert into users values ('@alexander1:x.example', 1785542400, 0)",
        "insert into user_external_ids values ('oidc-k', '4711', '@alexander1:x.example')",
        "insert into devices values ('@alexander1:x.example', 'A'), ('@alexander1:x.example', 'B')",
        "insert into local_current_membership values ('!r', '@alexander1:x.example', 'join')");

    CommandLineRun refused = link("alexander,oidc-k,4711\n");
    assertThat(refused.exitCode()).as(refused.all()).isEqualTo(3);
    assertThat(refused.out())
        .contains(
            "@alexander1:x.example, made on 2026-08-01 beside @alexander:x.example: devices 2,"
                + " rooms 1")
        .doesNotContain("agent47:x.example, made");
    assertThat(refused.err())
        .contains("of another user: 1 line", "(now @alexander1:x.example)", "Give --replace");
    assertThat(links()).containsExactly("oidc-k 4711 @alexander1:x.example");

    CommandLineRun moved = link("alexander,oidc-k,4711\n", "--replace");
    assertThat(moved.exitCode()).as(moved.all()).isZero();
    assertThat(moved.out()).contains("1 link made, 1 link removed");
    assertThat(links()).containsExactly("oidc-k 4711 @alexander:x.example");
  }

  @Test
  void changesTheSubOfAnAccountOnlyIfAsked() throws SQLException, IOException {
    synapse.execute(
        "insert into user_external_ids values ('oidc-k', 'old', '@alexander:x.example'),"
            + " ('oidc-other', 'stays', '@alexander:x.example')");

    CommandLineRun refused = link("alexander,oidc-k,4711\n");
    assertThat(refused.exitCode()).as(refused.all()).isEqualTo(3);
    assertThat(refused.err()).contains("other sub: 1 line", "(now old)");

    assertThat(link("alexander,oidc-k,4711\n", "--replace").exitCode()).isZero();
    assertThat(links())
        .containsExactly(
            "oidc-k 4711 @alexander:x.example", "oidc-other stays @alexander:x.example");
  }

  @Test
  void exchangesTheSubsOfTwoAccounts() throws SQLException, IOException {
    synapse.execute(
        "insert into user_external_ids values ('oidc-k', '1', '@berta:x.example'),"
            + " ('oidc-k', '2', '@alexander:x.example')");

    CommandLineRun run = link("alexander,oidc-k,1\nberta,oidc-k,2\n", "--replace");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(links())
        .containsExactly("oidc-k 1 @alexander:x.example", "oidc-k 2 @berta:x.example");
  }

  @Test
  void refusesAccountsThatNobodyCanUse() throws SQLException, IOException {
    CommandLineRun run =
        link("alexander,oidc-k,1\nnobody,oidc-k,2\ngone,oidc-k,3\nBerta,oidc-k,4\n", "--replace");

    assertThat(run.exitCode()).as(run.all()).isEqualTo(3);
    assertThat(run.err())
        .contains("unknown user: 2 lines", "line 2: @nobody:x.example")
        .contains("deactivated user: 1 line", "line 3: @gone:x.example", "nothing was changed");
    assertThat(run.out()).contains("did you mean @berta:x.example?");
    assertThat(links()).isEmpty();
  }

  @Test
  void countsRepeatedLinesOnce() throws SQLException, IOException {
    CommandLineRun run = link("alexander,oidc-k,1\n@alexander:x.example,oidc-k,1\n");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).containsPattern("duplicate +1 ").contains("1 link made");
    assertThat(links()).hasSize(1);
  }

  @Test
  void refusesLinesThatContradictEachOther() throws SQLException, IOException {
    CommandLineRun users = link("alexander,oidc-k,1\nberta,oidc-k,1\n", "--replace");
    CommandLineRun subs = link("alexander,oidc-k,1\nalexander,oidc-k,2\n", "--replace");

    assertThat(users.exitCode()).as(users.all()).isEqualTo(3);
    assertThat(users.err())
        .contains("the sub is given to @alexander:x.example and @berta:x.example");
    assertThat(subs.exitCode()).as(subs.all()).isEqualTo(3);
    assertThat(subs.err()).contains("the account is given the subs 1 and 2");
    assertThat(links()).isEmpty();
  }

  @Test
  void everyStateThatTheGuideNamesComesAboutAtOnce() throws SQLException, IOException {
    synapse.execute(
        "insert into user_external_ids values ('p', 'same', '@alexander:x.example'),"
            + " ('p', 'taken', '@carl:x.example'), ('q', 'old', '@berta:x.example')");
    CommandLineRun run =
        link(
            """
            alexander,p,same
            alexander,p,same
            berta,p,taken
            berta,q,other
            carl,r,new
            agent,s,both
            agent47,s,both
            nobody,p,1
            gone,p,2
            """,
            "--dry-run");

    Path guide = Path.of("..", "docs", "guide", "linking-accounts.md");
    List<String> documented =
        Files.readAllLines(guide).stream()
            .filter(line -> line.matches("\\| [a-z ]+ \\| [A-Z].*"))
            .map(line -> line.split(" \\| ")[0].substring(2))
            .toList();
    List<String> states = Arrays.stream(LinkState.values()).map(LinkState::word).toList();
    assertThat(documented).containsExactlyInAnyOrderElementsOf(states);
    for (String state : states) {
      assertThat(run.all()).containsPattern("(?m)^" + state + " +[1-9]");
    }
    assertThat(links()).hasSize(3);
  }

  @Test
  void showsStaleLinks() throws SQLException, IOException {
    synapse.execute(
        "insert into user_external_ids values ('oidc-k', '8', '@gone:x.example'),"
            + " ('oidc-k', '9', '@never:x.example'), ('oidc-k', '7', '@carl:x.example')");

    CommandLineRun run = link("alexander,oidc-k,1\n", "--dry-run", "--json");

    JsonNode document = new ObjectMapper().readTree(run.out());
    assertThat(document.path("stale_links"))
        .extracting(JsonNode::asText)
        .containsExactly("@gone:x.example, oidc-k, 8", "@never:x.example, oidc-k, 9");
    assertThat(document.path("lines").get(0).path("state").asText()).isEqualTo("new");
  }

  @Test
  void refusesWhileSynapseIsConnected() throws SQLException, IOException {
    try (Connection other = synapse.connect()) {
      assertThat(other.isValid(1)).isTrue();
      CommandLineRun real = link("alexander,oidc-k,1\n");
      assertThat(real.exitCode()).as(real.all()).isEqualTo(3);
      assertThat(real.err()).contains("Stop Synapse");
      assertThat(link("alexander,oidc-k,1\n", "--dry-run").exitCode()).isZero();
    }
    assertThat(links()).isEmpty();
  }

  @Test
  void refusesAnotherDatabase() throws SQLException, IOException {
    synapse.execute("drop table user_external_ids");

    CommandLineRun run = link("alexander,oidc-k,1\n");

    assertThat(run.exitCode()).as(run.all()).isEqualTo(3);
    assertThat(run.err()).contains("not Synapse's");
  }

  @Test
  void knowsTheProvidersOfHomeserverYaml() throws SQLException, IOException {
    Path yaml =
        Files.writeString(
            directory.resolve("homeserver.yaml"),
            "server_name: x.example\noidc_providers: [{idp_id: keycloak}, {idp_name: Other}]\n");
    String[] option = {"--dry-run", "--synapse-config", yaml.toString()};

    CommandLineRun wrong = link("alexander,keycloak,1\nberta,google,2\n", option);
    assertThat(wrong.exitCode()).as(wrong.all()).isEqualTo(2);
    assertThat(wrong.err())
        .contains(
            "links.csv:1: homeserver.yaml has no provider keycloak; did you mean oidc-keycloak?")
        .contains(
            "links.csv:2: homeserver.yaml has no provider google; it has oidc, oidc-keycloak");
    assertThat(link("alexander,oidc-keycloak,1\nberta,oidc,2\n", option).exitCode()).isZero();
  }

  @Test
  void readsWhatSpreadsheetsWrite() throws SQLException, IOException {
    CommandLineRun run =
        link(
            "\uFEFFSub;User;Provider\r\n4711; alexander ;oidc-k\r\n\r\n\"47;12\";berta;oidc-k\r\n");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(links())
        .containsExactly("oidc-k 4711 @alexander:x.example", "oidc-k 47;12 @berta:x.example");
  }

  @Test
  void namesEveryLineThatItCannotRead() throws SQLException, IOException {
    CommandLineRun run = link("user,provider,sub\nalexander,oidc-k\n\nberta,,2\ncarl,oidc-k,3,4\n");

    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.err())
        .contains("links.csv:2: three values are wanted, user, provider and sub, and there are 2")
        .contains("links.csv:4: the provider is empty")
        .contains("links.csv:5: three values are wanted, user, provider and sub, and there are 4");
    assertThat(link("").err()).contains("has no links");
    assertThat(link("a,b,\"c").exitCode()).isEqualTo(2);
    Files.write(directory.resolve("links.csv"), "zoë,p,1".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(run().err()).contains("not in UTF-8");
    Files.delete(directory.resolve("links.csv"));
    assertThat(run().err()).contains("there is no file");
  }

  @Test
  void aLostCommitIsNotCalledARollback() throws SQLException, IOException {
    synapse.execute(
        """
        create function lose() returns trigger language plpgsql as
          $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$
        """,
        """
        create constraint trigger lose after insert on user_external_ids
          deferrable initially deferred for each row execute function lose()
        """);

    CommandLineRun lost = link("alexander,oidc-k,4711\n");

    assertThat(lost.exitCode()).as(lost.all()).isEqualTo(4);
    assertThat(lost.err())
        .contains("lost during the commit", "Either all links", "Run the same command again")
        .doesNotContain("rolled back");
  }

  @Test
  void aFailureNamesTheDatabase() throws SQLException, IOException {
    synapse.execute("alter table users rename name to called");

    CommandLineRun failed = link("alexander,oidc-k,4711\n");

    assertThat(failed.exitCode()).as(failed.all()).isEqualTo(4);
    assertThat(failed.err())
        .contains("the Synapse database failed: column \"name\" does not exist");
  }

  private List<String> links() throws SQLException {
    return synapse.rows(
        "select auth_provider, external_id, user_id from user_external_ids order by 1, 2");
  }

  private CommandLineRun link(String csv, String... options) throws IOException {
    Files.writeString(directory.resolve("links.csv"), csv);
    return run(options);
  }

  private CommandLineRun run(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "link-oidc",
                directory.resolve("links.csv").toString(),
                "--synapse-db",
                connection(synapse)));
    arguments.addAll(List.of(options));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }
}
