package d2s.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.cli.framework.CommandFailedException;
import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.Phase;
import d2s.engine.yaml.Text;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhaseSelectorTest {

  private static final List<Phase> PHASES =
      Stream.of("accounts", "rooms", "events", "state")
          .map(name -> new Phase(new Text(name, null), new Text("", null)))
          .toList();

  @Test
  void takesNumbersNamesAndLists() throws CommandFailedException {
    assertThat(PhaseSelector.choose(PHASES, List.of("state", "1, 2", "rooms")))
        .containsExactly("accounts", "rooms", "state");
  }

  @ParameterizedTest
  @CsvSource({"1, accounts", "5, memberships", "6, media", "8, encryption", "10, positions"})
  void theNumbersAreThoseOfTheFolders(String number, String name) throws CommandFailedException {
    List<Phase> phases = MappingSetLoader.loadResources("dendrite-to-synapse").phases();

    assertThat(PhaseSelector.choose(phases, List.of(number))).containsExactly(name);
  }

  @Test
  void meansAllWhenNothingIsSaid() throws CommandFailedException {
    assertThat(PhaseSelector.choose(PHASES, List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "5", "evnts", "", "1,", "-1", "99999"})
  void listsThePhasesWhenThereIsNoSuch(String wanted) {
    assertThatThrownBy(() -> PhaseSelector.choose(PHASES, List.of(wanted)))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("1 accounts, 2 rooms, 3 events, 4 state");
  }

  @Test
  void suggestsTheOneThatWasMeant() {
    assertThatThrownBy(() -> PhaseSelector.choose(PHASES, List.of("evnts")))
        .hasMessageContaining("there is no phase \"evnts\"; did you mean events?");
  }
}
