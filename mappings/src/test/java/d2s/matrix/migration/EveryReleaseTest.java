package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.verify.Outcome;
import d2s.engine.verify.VerificationResult;
import d2s.matrix.catalog.BundledCatalogs;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every schema of Synapse that ships is filled, and the result verified. */
class EveryReleaseTest {

  static List<String> synapses() {
    return BundledCatalogs.names().stream().filter(name -> name.startsWith("synapse-")).toList();
  }

  @ParameterizedTest
  @MethodSource("synapses")
  void isFilledAndRight(String synapse) throws SQLException {
    try (MigratedRecording migrated = MigratedRecording.into(synapse, "dendrite-0.15.2")) {
      assertThat(migrated.rows("select count(*) from events").get(0)).isNotEqualTo("0");

      // Files are not at hand here.
      List<VerificationResult> results =
          migrated.verify().results().stream()
              .filter(result -> !result.name().equals("media files"))
              .toList();

      assertThat(results)
          .filteredOn(
              result -> result.outcome() == Outcome.FAILED || result.outcome() == Outcome.ERROR)
          .as("what is not right")
          .isEmpty();
      // A verification that names a table of newer schemas only would look at nothing here.
      assertThat(results)
          .filteredOn(result -> result.outcome() == Outcome.SKIPPED)
          .extracting(result -> result.name() + ": " + result.reason())
          .as("verifications that are left out with %s", synapse)
          .isEmpty();
      assertThat(results).filteredOn(r -> r.outcome() == Outcome.PASSED).hasSizeGreaterThan(30);
    }
  }

  /** A Synapse that does not know rooms of version 12 answers nothing in one, and loses sync. */
  @ParameterizedTest
  @MethodSource("synapses")
  void hasRoomsOfVersion12WhereItKnowsThem(String synapse) throws SQLException {
    boolean known = BundledCatalogs.read(synapse).table("room_ban_redactions").isPresent();
    try (MigratedRecording migrated = MigratedRecording.into(synapse, "dendrite-0.15.2")) {
      List<String> rooms = migrated.rows("select room_id from rooms where room_version = '12'");
      List<String> named =
          migrated.skipped("rooms").stream()
              .filter(skipped -> skipped.contains("a room of version 12"))
              .toList();

      if (known) {
        assertThat(rooms).isNotEmpty();
        assertThat(named).isEmpty();
      } else {
        assertThat(rooms).isEmpty();
        assertThat(named).isNotEmpty();
        assertThat(migrated.rows("select room_id from events except select room_id from rooms"))
            .isEmpty();
      }
    }
  }
}
