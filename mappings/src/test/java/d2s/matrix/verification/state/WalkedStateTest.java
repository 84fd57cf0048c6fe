package d2s.matrix.verification.state;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.Interner;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WalkedStateTest {

  private static final WalkedState.Print EMPTY = new WalkedState.Print(0, 0);

  private final WalkedState state = new WalkedState();

  @Test
  void changesAreTakenBack() {
    state.put(0, 10);
    state.put(1, 11);
    int mark = state.mark();
    WalkedState.Print before = state.print();
    state.put(1, 21);
    state.put(2, 22);

    assertThat(state.copy()).isEqualTo(Map.of(0, 10, 1, 21, 2, 22));
    assertThat(state.print()).isNotEqualTo(before);

    state.backTo(mark);
    assertThat(mark).isEqualTo(2);
    assertThat(state.copy()).isEqualTo(Map.of(0, 10, 1, 11));
    assertThat(state.get(2)).isEqualTo(Interner.NONE);
    assertThat(state.print()).isEqualTo(before);

    state.backTo(0);
    assertThat(state.copy()).isEmpty();
    assertThat(state.print()).isEqualTo(EMPTY);
  }

  @Test
  void thePrintIsThatOfTheStateHoweverItCameAbout() {
    state.put(0, 10);
    state.put(1, 11);
    WalkedState other = new WalkedState();
    other.put(1, 5);
    other.put(1, 11);
    other.put(0, 10);

    assertThat(other.print()).isEqualTo(state.print());
    assertThat(EMPTY.with(1, Interner.NONE, 11).with(0, Interner.NONE, 10))
        .isEqualTo(state.print());
    assertThat(state.print().with(1, 11, Interner.NONE).with(0, 10, Interner.NONE))
        .isEqualTo(EMPTY);
  }

  @Test
  void statesOfOneEntryHaveDifferentPrints() {
    Set<Long> first = new HashSet<>();
    Set<Long> second = new HashSet<>();
    for (int key = 0; key < 300; key++) {
      for (int event = 0; event < 1_000; event++) {
        WalkedState.Print print = EMPTY.with(key, Interner.NONE, event);
        first.add(print.first());
        second.add(print.second());
      }
    }

    assertThat(first.size()).isEqualTo(300_000);
    assertThat(second.size()).isEqualTo(300_000);
    assertThat(Collections.disjoint(first, second)).isTrue();
  }
}
