package d2s.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomVersionTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 1",
    "3, 2",
    "4, 3",
    "5, 3",
    "6, 3",
    "7, 3",
    "8, 3",
    "9, 3",
    "10, 3",
    "11, 3",
    "12, 4",
    "org.matrix.msc3667, 3",
    "org.matrix.msc3787, 3",
    "org.matrix.hydra.11, 4"
  })
  void hasTheFormatVersionThatSynapseExpects(String identifier, int formatVersion) {
    assertThat(RoomVersion.of(identifier).orElseThrow())
        .returns(identifier, RoomVersion::getIdentifier)
        .returns(formatVersion, RoomVersion::getFormatVersion);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "0", "13", "1 ", "org.matrix.msc4014"})
  void isEmptyForWhatNoServerKnows(String identifier) {
    assertThat(RoomVersion.of(identifier)).isEmpty();
  }

  @Test
  void hasAssignedIdsUpToVersion2AndUrlSafeOnesFromVersion4() {
    assertThat(RoomVersion.V2.isEventIdAssigned()).isTrue();
    assertThat(RoomVersion.V3.isEventIdAssigned()).isFalse();
    assertThat(RoomVersion.V3.isEventIdUrlSafe()).isFalse();
    assertThat(RoomVersion.V4.isEventIdUrlSafe()).isTrue();
  }

  @Test
  void saysWhichUnstableVersionsSynapseKnows() {
    assertThat(RoomVersion.MSC3667.isKnownToSynapse()).isFalse();
    assertThat(RoomVersion.MSC3787.isKnownToSynapse()).isFalse();
    assertThat(RoomVersion.HYDRA_11.isKnownToSynapse()).isTrue();
    assertThat(RoomVersion.V12.isKnownToSynapse()).isTrue();
  }

  @Test
  void redactsUnstableVersionsLikeTheirBase() {
    assertThat(RoomVersion.MSC3667.redactionRules()).isEqualTo(RoomVersion.V7.redactionRules());
    assertThat(RoomVersion.MSC3787.redactionRules()).isEqualTo(RoomVersion.V9.redactionRules());
    assertThat(RoomVersion.HYDRA_11.redactionRules()).isEqualTo(RoomVersion.V12.redactionRules());
  }
}
