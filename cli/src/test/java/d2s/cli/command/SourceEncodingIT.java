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
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Dendrite whose database takes any bytes for text. */
class SourceEncodingIT {

  private static final String LATIN1 = "convert_from('\\x6ae9'::bytea, 'SQL_ASCII')";
  private static final String UTF8 = "convert_from('\\x6ac3a9'::bytea, 'SQL_ASCII')";

  private TestDatabase dendrite;
  private TestDatabase synapse;

  @BeforeEach
  void create() throws SQLException {
    synapse = TestPostgres.createDatabase("encoded_synapse");
    try (Connection connection = synapse.connect()) {
      CatalogDdl.create(connection, BundledCatalogs.newest("synapse"));
    }
    synapse.execute(FreshSynapse.version(BundledCatalogs.newest("synapse").version()));
    String name = synapse.name().replace("synapse", "dendrite");
    synapse.execute(
        "create database "
            + name
            + " template template0 encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'");
    dendrite =
        new TestDatabase(synapse.host(), synapse.port(), name, synapse.user(), synapse.password());
    try (Connection connection = dendrite.connect()) {
      BundledRecordings.restore("dendrite-0.13.8", connection);
    }
  }

  @AfterEach
  void drop() throws SQLException {
    dendrite.drop();
    synapse.drop();
  }

  @Test
  void namesTextsThatNobodyCanReadAndHowToMendThem() throws SQLException, IOException {
    dendrite.execute("update userapi_profiles set display_name = " + UTF8);
    assertThat(result(run("check")).path("severity").asText()).isEqualTo("ok");

    dendrite.execute(
        "update userapi_profiles set display_name = "
            + LATIN1
            + " where localpart = (select min(localpart) from userapi_profiles)");
    CommandLineRun found = run("check");
    JsonNode result = result(found);
    assertThat(result.path("severity").asText()).as(found.all()).isEqualTo("error");
    assertThat(result.path("rows").get(0).asText())
        .isEqualTo("userapi_profiles.display_name (rows: 1)");
    assertThat(run("migrate").exitCode()).isEqualTo(3);

    String cure = result.path("cure").asText();
    dendrite.execute(
        cure.substring(cure.indexOf("update TABLE"))
            .replace("TABLE", "userapi_profiles")
            .replace("COLUMN", "display_name"));
    CommandLineRun migrated = run("migrate");
    assertThat(migrated.exitCode()).as(migrated.all()).isZero();
    assertThat(synapse.rows("select distinct displayname from profiles")).containsExactly("jé");
  }

  private CommandLineRun run(String command) {
    List<String> arguments = new ArrayList<>(List.of(command, "--json", "--media-mode", "none"));
    arguments.addAll(List.of("--dendrite-db", CommandLineRun.connection(dendrite)));
    arguments.addAll(List.of("--synapse-db", CommandLineRun.connection(synapse)));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static JsonNode result(CommandLineRun run) throws IOException {
    for (JsonNode one : new ObjectMapper().readTree(run.out()).path("checks")) {
      if (one.path("id").asText().equals("source-encoding")) {
        return one;
      }
    }
    throw new AssertionError("no such check: " + run.all());
  }
}
