package d2s.matrix.verification.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.schema.CatalogDdl;
import d2s.engine.verify.Finding;
import d2s.engine.verify.VerificationResult;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.migration.MigratedRecording;
import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names what is lost, one kind after another, and nothing where nothing is lost. */
class CompletenessTest {

  /** What to delete from Synapse, and what must be named then. */
  private static final Map<String, String> LOSSES =
      Map.ofEntries(
          Map.entry(
              "delete from rooms where room_id = '!AEps0gTxVSdRQkmI:d.test:31448'", "room !AEps"),
          Map.entry("delete from events where sender = '@carol:d.test:31448'", "event $"),
          Map.entry(
              "delete from local_current_membership where user_id = '@bob:d.test:31448'",
              "member @bob:d.test:31448 in !"),
          Map.entry("delete from remote_media_cache", "file p.test:31548/"),
          Map.entry("delete from room_aliases", "alias #pub1"),
          Map.entry(
              "delete from receipts_linearized where user_id = '@dave:d.test:31448'",
              "receipt @dave:d.test:31448 !"),
          Map.entry(
              "delete from users where name = '@erin:d.test:31448'", "account @erin:d.test:31448"),
          Map.entry("delete from profiles where user_id = 'ivan'", "profile @ivan:d.test:31448"),
          Map.entry(
              "delete from devices where device_id = 'JUDYDEV1'",
              "device @judy:d.test:31448 JUDYDEV1"),
          Map.entry("delete from device_inbox", "waiting messages of the device @"),
          Map.entry("delete from pushers", "pusher @alice:d.test:31448 org.judge.app"),
          Map.entry(
              "delete from account_data where account_data_type = 'm.direct'",
              "account data @bob:d.test:31448  m.direct"),
          Map.entry("delete from room_tags_revisions", "tags of the room @alice:d.test:31448 !"),
          Map.entry("delete from user_filters", "filter "),
          Map.entry("delete from e2e_room_keys_versions", "key backup @alice:d.test:31448 1"),
          Map.entry(
              "delete from user_threepids",
              "third-party identifiers of the account @judy:d.test:31448 email"));

  /** The recording has none. */
  private static final String ADDRESS =
      "insert into userapi_threepids (threepid, medium, localpart, server_name)"
          + " values ('judy@example.org', 'email', 'judy', 'd.test:31448')";

  @Test
  void namesEachKindThatIsLostAndNothingElse() throws SQLException {
    try (MigratedRecording migrated =
        MigratedRecording.of("dendrite-0.13.8", Map.of("server_name", "d.test:31448"), ADDRESS)) {
      List<String> before = notes(migrated);
      for (String loss : LOSSES.keySet()) {
        migrated.change("set session_replication_role = replica", loss);
      }
      List<String> after = notes(migrated);
      after.removeAll(before);

      assertThat(LOSSES.values())
          .allSatisfy(named -> assertThat(after).anyMatch(note -> note.startsWith(named)));
      assertThat(before).isEmpty();
    }
  }

  @Test
  void noKindIsLeftOut() {
    assertThat(Stream.concat(RoomKinds.ALL.stream(), UserKinds.ALL.stream()).map(Kind::what))
        .hasSameSizeAs(LOSSES.keySet())
        .allSatisfy(
            kind -> assertThat(LOSSES.values()).anyMatch(named -> named.startsWith(kind + " ")));
  }

  /** More than it asks for at once. */
  @Test
  void namesEachOfManyOnce() throws SQLException {
    try (SmallDatabases databases = new SmallDatabases()) {
      CatalogDdl.create(databases.source(), BundledCatalogs.read("dendrite-0.13.8"));
      CatalogDdl.create(databases.target(), BundledCatalogs.newest("synapse"));
      databases.inDendrite(
          "insert into roomserver_room_aliases (alias, room_id, creator_id)"
              + " select '#' || i, '!r', '@a:our.example' from generate_series(1, 40001) i");
      databases.inSynapse(
          "insert into rooms (room_id, is_public) values ('!r', false)",
          "insert into room_aliases (room_alias, room_id) values ('#1', '!r')");
      FoundThings found = new FoundThings();
      new CompletenessVerification().verify(databases, found);

      assertThat(found.found()).isEmpty();
      assertThat(found.count()).isEqualTo(40_002);
      assertThat(found.noted())
          .hasSize(40_000)
          .doesNotHaveDuplicates()
          .contains("alias #2: is in roomserver_room_aliases, but not in Synapse");
    }
  }

  private static List<String> notes(MigratedRecording migrated) throws SQLException {
    VerificationResult completeness =
        migrated.verify().results().stream()
            .filter(one -> one.name().equals("completeness"))
            .findFirst()
            .orElseThrow();
    return new ArrayList<>(completeness.notes().stream().map(Finding::what).toList());
  }
}
