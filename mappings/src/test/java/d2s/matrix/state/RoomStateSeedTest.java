package d2s.matrix.state;

import org.junit.jupiter.api.Test;

/** The first rooms of the properties: few, so that each change that PIT makes can try them. */
class RoomStateSeedTest {

  private static final int ROOMS = 40;

  private final RoomStatePropertyTest properties = new RoomStatePropertyTest();

  @Test
  void everyEventHasItsState() {
    for (int seed = 0; seed < ROOMS; seed++) {
      properties.everyEventHasItsState(seed, 3 * seed);
    }
  }

  @Test
  void currentStateIsKeptWhileALocalUserIsJoined() {
    for (int seed = 0; seed < ROOMS; seed++) {
      properties.currentStateIsKeptWhileALocalUserIsJoined(seed, 3 * seed);
    }
  }

  @Test
  void deltasTellTheCurrentStateAtEachPosition() {
    for (int seed = 0; seed < ROOMS; seed++) {
      properties.deltasTellTheCurrentStateAtEachPosition(seed, 3 * seed);
    }
  }
}
