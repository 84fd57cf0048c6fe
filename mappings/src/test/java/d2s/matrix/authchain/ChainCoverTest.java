package d2s.matrix.authchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Hook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChainCoverTest {
  private static final StateEvent CREATE = event("$create", "m.room.create", "");
  private static final StateEvent ALICE = event("$alice", "m.room.member", "@alice:a", "$create");
  private static final StateEvent LEVELS =
      event("$levels", "m.room.power_levels", "", "$create", "$alice");
  private static final StateEvent RULES =
      event("$rules", "m.room.join_rules", "", "$create", "$alice", "$levels");
  private static final StateEvent BOB =
      event("$bob", "m.room.member", "@bob:a", "$create", "$levels", "$rules");

  @Test
  void isFoundAsAHook() {
    assertThat(ServiceLoader.load(Hook.class)).hasAtLeastOneElementOfType(ChainCover.class);
  }

  @Test
  void linksAnEventOnlyToWhatNothingElseLeadsTo() {
    Cover cover = cover(CREATE, ALICE, LEVELS, RULES, BOB);

    assertThat(cover.places)
        .containsExactly(
            placed("$create", 1, 1),
            placed("$alice", 2, 1),
            placed("$levels", 3, 1),
            placed("$rules", 4, 1),
            placed("$bob", 5, 1));
    assertThat(cover.links)
        .containsExactly(link(2, 1, 1, 1), link(3, 1, 2, 1), link(4, 1, 3, 1), link(5, 1, 4, 1));
  }

  @Test
  void continuesTheChainOfTheSameEntryOfTheState() {
    Cover cover =
        cover(
            CREATE,
            ALICE,
            LEVELS,
            RULES,
            BOB,
            event("$left", "m.room.member", "@bob:a", "$create", "$levels", "$bob"),
            event("$again", "m.room.member", "@bob:a", "$create", "$levels", "$rules", "$left"));

    assertThat(cover.places)
        .contains(placed("$bob", 5, 1), placed("$left", 5, 2), placed("$again", 5, 3));
    assertThat(cover.links).filteredOn(link -> link.origin().chain() == 5).hasSize(1);
  }

  @Test
  void beginsANewChainWhereTheNextNumberIsTaken() {
    Cover cover =
        cover(
            CREATE,
            ALICE,
            LEVELS,
            event("$one", "m.room.power_levels", "", "$create", "$alice", "$levels"),
            event("$two", "m.room.power_levels", "", "$create", "$alice", "$levels"));

    assertThat(cover.places)
        .contains(placed("$levels", 3, 1), placed("$one", 3, 2), placed("$two", 4, 1));
    assertThat(cover.links).contains(link(4, 1, 3, 1)).doesNotContain(link(4, 1, 2, 1));
  }

  @Test
  void numbersChainsThroughAllRooms() {
    ChainCover hook = new ChainCover();
    Cover cover = new Cover();
    hook.group(MemoryRoom.of("!one:a", List.of(CREATE, ALICE)), cover);
    hook.group(
        MemoryRoom.of(
            "!two:a",
            List.of(
                event("$create2", "m.room.create", ""),
                event("$alice2", "m.room.member", "@alice:a", "$create2"))),
        cover);

    assertThat(cover.places).contains(placed("$create2", 3, 1), placed("$alice2", 4, 1));
    assertThat(cover.links).containsExactly(link(2, 1, 1, 1), link(4, 1, 3, 1));
  }

  @Test
  void leavesMembershipsOfRoomsThatTheServerIsNotInForLater() {
    Cover cover =
        cover(
            outOfBand("$invite", "@bob:a", "$far", "$away"),
            outOfBand("$refusal", "@bob:a", "$invite"),
            outOfBand("$nothing", "@carol:a"));

    assertThat(cover.places).isEmpty();
    assertThat(cover.links).isEmpty();
    assertThat(cover.toCalculate)
        .containsExactly(
            new Cover.ToCalculate("$invite", "!room:a", "m.room.member", "@bob:a"),
            new Cover.ToCalculate("$refusal", "!room:a", "m.room.member", "@bob:a"),
            new Cover.ToCalculate("$nothing", "!room:a", "m.room.member", "@carol:a"));
  }

  @Test
  void placesAnOutOfBandMembershipWhoseAuthChainIsHere() {
    Cover cover = cover(CREATE, ALICE, outOfBand("$invite", "@bob:a", "$create", "$alice"));

    assertThat(cover.places).contains(placed("$invite", 3, 1));
    assertThat(cover.toCalculate).isEmpty();
  }

  @Test
  void placesAnOutOfBandMembershipThatTheAuthChainOfAnotherEventNeeds() {
    Cover cover =
        cover(
            CREATE,
            outOfBand("$invite", "@bob:a", "$create", "$unknown"),
            event("$join", "m.room.member", "@bob:a", "$invite"));

    assertThat(cover.places).contains(placed("$invite", 2, 1), placed("$join", 2, 2));
    assertThat(cover.authChain(Set.of("$join"))).containsExactlyInAnyOrder("$create", "$invite");
    assertThat(cover.toCalculate).isEmpty();
  }

  @Test
  void coversTheKnownPartOfAnAuthChain() {
    Cover cover =
        cover(CREATE, event("$topic", "m.room.topic", "", "$create", "$unknown", "$lost"));

    assertThat(cover.authChain(Set.of("$topic"))).containsExactly("$create");
    assertThat(cover.leftOut).isEmpty();
  }

  @Test
  void leavesOutAndReportsTheStepThatClosesACircle() {
    Cover cover =
        cover(
            CREATE,
            event("$self", "m.room.topic", "", "$create", "$self"),
            event("$one", "m.room.name", "", "$create", "$two"),
            event("$two", "m.room.avatar", "", "$one", "$self"));

    assertThat(cover.leftOut)
        .containsExactly(new Cover.LeftOut("$self", "$self"), new Cover.LeftOut("$two", "$one"));
    assertThat(cover.authChain(Set.of("$one")))
        .containsExactlyInAnyOrder("$create", "$two", "$self");
  }

  @Test
  void saysWhatACircleMeans() {
    List<String> said = new ArrayList<>();
    new ChainCover()
        .group(
            MemoryRoom.of("!room:a", List.of(event("$self", "m.room.topic", "", "$self"))),
            new Emitter() {
              @Override
              public void emit(String row, Object... values) {}

              @Override
              public void skip(String what, String reason) {
                said.add(what + ": " + reason);
              }
            });

    assertThat(said)
        .containsExactly(
            "$self: In room !room:a the auth events of this event lead back to itself through"
                + " $self. The auth chain index leaves out that one step, so state resolution will"
                + " not find $self among the auth events of $self.");
  }

  @Test
  void followsALongChainOfAuthEventsWhateverTheOrder() {
    List<StateEvent> events = new ArrayList<>(List.of(event("$0", "m.room.topic", "")));
    for (int number = 1; number < 200_000; number++) {
      events.add(event("$" + number, "m.room.topic", "", "$" + (number - 1)));
    }
    Collections.reverse(events);
    Cover cover = new Cover();
    new ChainCover().group(MemoryRoom.of("!room:a", events), cover);

    assertThat(cover.places).contains(placed("$0", 1, 1), placed("$199999", 1, 200_000));
    assertThat(cover.links).isEmpty();
  }

  @Test
  void hasHardlyMoreLinksThanAreNeededInRoomsAsPeopleUseThem() {
    for (int membersPerRule : List.of(10, 200)) {
      MemoryRoom room = MemoryRoom.of("!room:a", BigAuthChain.of(20_000, membersPerRule));
      Cover cover = new Cover();
      new ChainCover().group(room, cover);
      Cover needed = new Cover();
      new ChainCover(Integer.MAX_VALUE).group(room, needed);

      assertThat(cover.links.size()).isBetween(needed.links.size(), needed.links.size() * 51 / 50);
    }
  }

  @Test
  void refusesAnEventThatIsReadTwice() {
    assertThatThrownBy(() -> cover(CREATE, CREATE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("$create");
  }

  private static Cover cover(StateEvent... events) {
    Cover cover = new Cover();
    new ChainCover().group(MemoryRoom.of("!room:a", List.of(events)), cover);
    return cover;
  }

  private static StateEvent event(String id, String type, String stateKey, String... authEvents) {
    return new StateEvent(id, type, stateKey, false, List.of(authEvents));
  }

  private static StateEvent outOfBand(String id, String user, String... authEvents) {
    return new StateEvent(id, "m.room.member", user, true, List.of(authEvents));
  }

  private static Map.Entry<String, Cover.Place> placed(String event, long chain, long sequence) {
    return Map.entry(event, new Cover.Place(chain, sequence));
  }

  private static Cover.Link link(
      long originChain, long originSequence, long targetChain, long targetSequence) {
    return new Cover.Link(
        new Cover.Place(originChain, originSequence), new Cover.Place(targetChain, targetSequence));
  }
}
