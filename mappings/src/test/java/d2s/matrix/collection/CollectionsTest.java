package d2s.matrix.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists and maps of numbers hold what is put into them, however much it is. */
class CollectionsTest {

  @Test
  void aListOfIntsGrowsAndShrinks() {
    IntList list = new IntList();
    for (int i = 0; i < 100; i++) {
      list.add(i * i);
      assertThat(list.size()).isEqualTo(i + 1);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(list.get(i)).isEqualTo(i * i);
    }
    list.shrink(3);

    assertThat(list.toArray()).containsExactly(0, 1, 4);
    list.add(7);
    assertThat(list.toArray()).containsExactly(0, 1, 4, 7);
  }

  @Test
  void aListOfLongsGrows() {
    LongList list = new LongList();
    assertThat(list.size()).isZero();
    for (long i = 0; i < 100; i++) {
      list.add(i << 40);
    }

    assertThat(list.size()).isEqualTo(100);
    assertThat(list.toArray()).hasSize(100);
    for (int i = 0; i < 100; i++) {
      assertThat(list.get(i)).isEqualTo((long) i << 40).isEqualTo(list.toArray()[i]);
    }
  }

  @Test
  void aMapFindsWhatWasPutLast() {
    Random random = new Random(1);
    LongIntMap map = new LongIntMap();
    Map<Long, Integer> naive = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      long key = random.nextBoolean() ? random.nextInt(500) - 250 : random.nextLong();
      map.put(key, i);
      naive.put(key, i);
      assertThat(map.get(key)).isEqualTo(i);
    }

    naive.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
    for (long key = -400; key < 400; key++) {
      assertThat(map.get(key)).isEqualTo(naive.getOrDefault(key, -1));
    }
  }

  /** SplitMix64 from the seed 1234567, as its implementations agree. */
  @Test
  void theBitsAreSpreadAsBySplitMix() {
    String[] numbers = {
      "6457827717110365317",
      "3203168211198807973",
      "9817491932198370423",
      "4593380528125082431",
      "16408922859458223821"
    };
    for (int i = 0; i < numbers.length; i++) {
      assertThat(Long.toUnsignedString(Fingerprint.mix(1234567 + (i + 1) * 0x9e3779b97f4a7c15L)))
          .isEqualTo(numbers[i]);
    }
  }

  @Test
  void eachEntryHasTwoNumbersOfItsOwn() {
    Set<Long> seen = new HashSet<>();
    for (int slot = 0; slot < 100; slot++) {
      for (int event = 0; event < 100; event++) {
        assertThat(seen.add(Fingerprint.first(slot, event))).isTrue();
        assertThat(seen.add(Fingerprint.second(slot, event))).isTrue();
      }
    }
  }
}
