package d2s.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.cli.CommandLineRun;
import d2s.engine.catalog.Recording;
import d2s.engine.schema.CatalogDdl;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.catalog.BundledRecordings;
import d2s.testing.FreshSynapse;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Dendrite whose database takes any bytes for text, or has an encoding of old. */
class SourceEncodingIT {

  private static final String RECORDING = "dendrite-0.13.8";

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
    synapse.execute(FreshSynapse.rows(84));
  }

  private void createDendrite(String encoding) throws SQLException {
    String name = synapse.name().replace("synapse", "dendrite");
    synapse.execute(
        "create database "
            + name
            + " template template0 encoding '"
            + encoding
            + "' lc_collate 'C' lc_ctype 'C'");
    dendrite =
        new TestDatabase(synapse.host(), synapse.port(), name, synapse.user(), synapse.password());
  }

  /** Makes the recorded database as far as the encoding has its characters. */
  private void restore(Charset charset) throws SQLException, IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (InputStream in =
            BundledRecordings.class.getResourceAsStream("/recordings/" + RECORDING + ".copy.gz");
        InputStream unzipped = new GZIPInputStream(in);
        OutputStream zipped = new GZIPOutputStream(written)) {
      String rows = new String(unzipped.readAllBytes(), StandardCharsets.UTF_8);
      zipped.write(escaped(rows, charset.newEncoder()).getBytes(StandardCharsets.UTF_8));
    }
    try (Connection connection = dendrite.connect()) {
      Recording.restore(
          connection,
          BundledCatalogs.read(RECORDING),
          new ByteArrayInputStream(written.toByteArray()));
    }
  }

  /** As JSON may write what an encoding does not have; COPY takes two backslashes for one. */
  private static String escaped(String rows, CharsetEncoder encoder) {
    StringBuilder escaped = new StringBuilder();
    rows.chars()
        .forEach(
            c -> {
              if (encoder.canEncode((char) c)) {
                escaped.append((char) c);
              } else {
                escaped.append("\\\\u%04x".formatted(c));
              }
            });
    return escaped.toString();
  }

  @AfterEach
  void drop() throws SQLException {
    dendrite.drop();
    synapse.drop();
  }

  @Test
  void namesTextsThatNobodyCanReadAndHowToMendThem() throws SQLException, IOException {
    createDendrite("SQL_ASCII");
    try (Connection connection = dendrite.connect()) {
      BundledRecordings.restore(RECORDING, connection);
    }
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

  /** PostgreSQL converts the texts, and LATIN1 has the order of UTF-8. */
  @Test
  void latin1IsMigrated() throws SQLException, IOException {
    createDendrite("LATIN1");
    restore(StandardCharsets.ISO_8859_1);
    dendrite.execute(
        "update userapi_profiles set display_name = 'Zoë ÿ' where localpart = 'alice'",
        "insert into roomserver_room_aliases (alias, room_id, creator_id)"
            + " select n || ':d.test:31448', min(room_id), '' from roomserver_rooms,"
            + " unnest(array['#z', '#é', '#ÿ', '#A', '#Ä']) n group by n",
        "update syncapi_send_to_device set content ="
            + " regexp_replace(content, '[}]$', ',\"é\":\"ÿ\"}')",
        "update userapi_account_datas set content = '{\"é\":\"ÿ\"}' where type = 'm.direct'");

    CommandLineRun migrated = run("migrate");
    CommandLineRun verified = run("verify");

    assertThat(migrated.exitCode()).as(migrated.all()).isZero();
    assertThat(verified.exitCode()).as(verified.all()).isZero();
    assertThat(synapse.rows("select displayname from profiles where user_id = 'alice'"))
        .containsExactly("Zoë ÿ");
    assertThat(synapse.rows("select room_alias from room_aliases where room_alias like '#_:%'"))
        .contains("#é:d.test:31448", "#Ä:d.test:31448");
    assertThat(synapse.rows("select count(*) > 0 from device_inbox where message_json like '%ÿ%'"))
        .containsExactly("t");
  }

  /** They sort texts in another order than UTF-8. */
  @ParameterizedTest
  @ValueSource(strings = {"WIN1252", "EUC_JP"})
  void otherEncodingsAreRefusedWithTheCure(String encoding) throws SQLException, IOException {
    createDendrite(encoding);
    restore(StandardCharsets.US_ASCII);

    CommandLineRun found = run("check");
    CommandLineRun refused = run("migrate");

    JsonNode result = result(found);
    assertThat(result.path("severity").asText()).as(found.all()).isEqualTo("error");
    assertThat(result.path("what").asText()).contains("has the encoding " + encoding);
    assertThat(result.path("cure").asText())
        .contains("--encoding=UTF8", "pg_dump " + dendrite.name() + " | psql");
    assertThat(refused.exitCode()).as(refused.all()).isEqualTo(3);
    assertThat(refused.all()).contains("has the encoding " + encoding, "pg_dump");
  }

  private CommandLineRun run(String command) {
    List<String> arguments = new ArrayList<>(List.of(command, "--json"));
    if (!command.equals("verify")) {
      arguments.addAll(List.of("--media-mode", "none"));
    }
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
