package d2s.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.spec.Phase;
import d2s.engine.spec.Text;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhaseChoiceTest {

  private static final List<Phase> PHASES =
      Stream.of("accounts", "rooms", "events", "state")
          .map(name -> new Phase(new Text(name, null), new Text("", null)))
          .toList();

  @Test
  void takesNumbersNamesAndLists() throws CommandFailure {
    assertThat(PhaseChoice.choose(PHASES, List.of("state", "1, 2", "rooms")))
        .containsExactly("accounts", "rooms", "state");
  }

  @Test
  void meansAllWhenNothingIsSaid() throws CommandFailure {
    assertThat(PhaseChoice.choose(PHASES, List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "5", "evnts", "", "1,", "-1", "99999"})
  void listsThePhasesWhenThereIsNoSuch(String wanted) {
    assertThatThrownBy(() -> PhaseChoice.choose(PHASES, List.of(wanted)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("1 accounts, 2 rooms, 3 events, 4 state");
  }

  @Test
  void suggestsTheOneThatWasMeant() {
    assertThatThrownBy(() -> PhaseChoice.choose(PHASES, List.of("evnts")))
        .hasMessageContaining("there is no phase \"evnts\"; did you mean events?");
  }
}
