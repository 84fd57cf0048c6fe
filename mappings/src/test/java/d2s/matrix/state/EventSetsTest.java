package d2s.matrix.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ascending arrays as sets. */
class EventSetsTest {

  @Test
  void whatIsRemovedAndAddedIsTold() {
    EventSets.Difference difference =
        EventSets.difference(new int[] {1, 3, 5, 7}, new int[] {0, 3, 6, 7, 9});

    assertThat(difference.removed()).containsExactly(1, 5);
    assertThat(difference.added()).containsExactly(0, 6, 9);
    assertThat(difference.size()).isEqualTo(5);
    assertThat(EventSets.difference(new int[] {1, 2}, new int[] {1, 2}).size()).isZero();
  }

  @Test
  void aDifferenceLeadsFromOneToTheOther() {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      int[] from = set(random);
      int[] to = set(random);
      EventSets.Difference difference = EventSets.difference(from, to);

      assertThat(difference.removed()).isEqualTo(without(from, to));
      assertThat(difference.added()).isEqualTo(without(to, from));
      assertThat(EventSets.apply(from, difference)).isEqualTo(to);
    }
  }

  @Test
  void theFirstOfASetIsInIt() {
    assertThat(EventSets.contains(new int[] {4, 6}, 4)).isTrue();
    assertThat(EventSets.contains(new int[] {4, 6}, 6)).isTrue();
    assertThat(EventSets.contains(new int[] {4, 6}, 5)).isFalse();
    assertThat(EventSets.contains(EventSets.EMPTY, -1)).isFalse();
  }

  private static int[] set(Random random) {
    return random.ints(random.nextInt(12), 0, 20).sorted().distinct().toArray();
  }

  private static int[] without(int[] set, int[] others) {
    return Arrays.stream(set)
        .filter(one -> Arrays.stream(others).noneMatch(o -> o == one))
        .toArray();
  }
}
