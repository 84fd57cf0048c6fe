package d2s.matrix.authchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What Synapse reads from the cover of any room is what a walk over its auth events finds. */
class ChainCoverPropertyTest {
  private static final int UNLIMITED = Integer.MAX_VALUE;

  /** An event by what it is and how far back in the room its auth events are. */
  record Seed(int type, int stateKey, boolean outOfBand, Set<Integer> back, Set<Integer> unknown) {}

  /** An auth edge between any two events, which may close a circle. */
  record Damage(int event, int authEvent) {}

  @Provide
  Arbitrary<List<StateEvent>> rooms() {
    return seeds(0.1, 0.1).map(seeds -> build(seeds, List.of()));
  }

  @Provide
  Arbitrary<List<StateEvent>> completeRooms() {
    return seeds(0, 0).map(seeds -> build(seeds, List.of()));
  }

  @Provide
  Arbitrary<List<StateEvent>> damagedRooms() {
    Arbitrary<Damage> damage =
        Combinators.combine(
                Arbitraries.integers().between(0, 39), Arbitraries.integers().between(0, 39))
            .as(Damage::new);
    return Combinators.combine(seeds(0.1, 0.1), damage.list().ofMinSize(1).ofMaxSize(6))
        .as(ChainCoverPropertyTest::build);
  }

  private static Arbitrary<List<Seed>> seeds(double outOfBand, double unknown) {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 2),
            often(outOfBand),
            Arbitraries.integers().between(1, 12).set().ofMaxSize(5),
            often(unknown)
                .flatMap(
                    yes ->
                        yes
                            ? Arbitraries.integers().between(0, 3).set().ofMinSize(1).ofMaxSize(2)
                            : Arbitraries.just(Set.<Integer>of())))
        .as(Seed::new)
        .list()
        .ofMaxSize(40);
  }

  private static Arbitrary<Boolean> often(double share) {
    return Arbitraries.integers().between(1, 100).map(number -> number > 100 - 100 * share);
  }

  private static List<StateEvent> build(List<Seed> seeds, List<Damage> damages) {
    List<Set<String>> auth = new ArrayList<>();
    for (int index = 0; index < seeds.size(); index++) {
      Set<String> named = new TreeSet<>();
      for (int back : seeds.get(index).back()) {
        if (back <= index) {
          named.add("$" + (index - back));
        }
      }
      seeds.get(index).unknown().forEach(unknown -> named.add("$unknown" + unknown));
      auth.add(named);
    }
    if (!seeds.isEmpty()) {
      for (Damage damage : damages) {
        auth.get(damage.event() % seeds.size()).add("$" + damage.authEvent() % seeds.size());
      }
    }
    List<StateEvent> events = new ArrayList<>();
    for (int index = 0; index < seeds.size(); index++) {
      Seed seed = seeds.get(index);
      events.add(
          new StateEvent(
              "$" + index,
              "type" + seed.type(),
              "key" + seed.stateKey(),
              seed.outOfBand(),
              List.copyOf(auth.get(index))));
    }
    return events;
  }

  @Property
  void readsAsTheAuthChain(
      @ForAll("rooms") List<StateEvent> events,
      @ForAll @IntRange(max = 8) int steps,
      @ForAll Random random) {
    Cover cover = cover(events, steps, random);
    assertThat(cover.leftOut).isEmpty();
    assertValid(events, cover, random);
  }

  @Property
  void readsAsTheAuthChainThatIsLeftOfDamagedData(
      @ForAll("damagedRooms") List<StateEvent> events, @ForAll Random random) {
    Cover cover = cover(events, 64, random);
    assertThat(cover.leftOut).doesNotHaveDuplicates();
    assertThat(!cover.leftOut.isEmpty()).isEqualTo(new AuthChains(events, List.of()).hasCircle());
    assertThat(new AuthChains(events, cover.leftOut).hasCircle()).isFalse();
    assertValid(events, cover, random);
  }

  @Property
  void everyEventHasAPlaceWhereNothingIsOutOfBand(
      @ForAll("completeRooms") List<StateEvent> events, @ForAll Random random) {
    Cover cover = cover(events, 64, random);
    assertThat(cover.places).hasSameSizeAs(events);
    assertThat(cover.toCalculate).isEmpty();
  }

  @Property
  void aLinkSaysWhatNothingElseOfItsEventSays(
      @ForAll("rooms") List<StateEvent> events, @ForAll Random random) {
    Cover cover = cover(events, UNLIMITED, random);
    for (Cover.Link link : cover.links) {
      String origin = cover.events.get(link.origin());
      assertThat(cover.authChain(Set.of(origin), link))
          .doesNotContain(cover.events.get(link.target()));
    }
  }

  @Property
  void aRunGivesTheSameWhateverTheOrderOfTheAuthRows(
      @ForAll("damagedRooms") List<StateEvent> events, @ForAll Random random) {
    Cover one = new Cover();
    new ChainCover().group(shuffledAuth(events, random), one);
    Cover other = new Cover();
    new ChainCover().group(shuffledAuth(events, random), other);
    assertThat(other.places).isEqualTo(one.places);
    assertThat(other.links).isEqualTo(one.links);
    assertThat(other.toCalculate).isEqualTo(one.toCalculate);
    assertThat(other.leftOut).isEqualTo(one.leftOut);
  }

  /** The cover of a room whose rows come in any order, auth rows also twice. */
  private static Cover cover(List<StateEvent> events, int steps, Random random) {
    List<StateEvent> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    Cover cover = new Cover();
    new ChainCover(steps).group(shuffledAuth(shuffled, random), cover);
    return cover;
  }

  private static MemoryRoom shuffledAuth(List<StateEvent> events, Random random) {
    List<String[]> auth = new ArrayList<>(MemoryRoom.of("!room:a", events).auth());
    if (!auth.isEmpty()) {
      auth.add(auth.get(random.nextInt(auth.size())));
    }
    Collections.shuffle(auth, random);
    return new MemoryRoom("!room:a", events, auth);
  }

  private static void assertValid(List<StateEvent> events, Cover cover, Random random) {
    AuthChains walked = new AuthChains(events, cover.leftOut);
    assertThat(cover.places.keySet()).isEqualTo(walked.covered());

    Set<String> bare = new HashSet<>();
    events.forEach(event -> bare.add(event.id()));
    bare.removeAll(cover.places.keySet());
    assertThat(cover.toCalculate)
        .extracting(Cover.ToCalculate::event)
        .containsExactlyInAnyOrderElementsOf(bare);

    assertNoHoles(cover, walked);
    for (Cover.Link link : cover.links) {
      assertThat(cover.events).containsKeys(link.origin(), link.target());
      assertThat(link.origin().chain()).isNotEqualTo(link.target().chain());
    }
    for (String event : cover.places.keySet()) {
      assertThat(cover.authChain(Set.of(event))).isEqualTo(walked.of(Set.of(event)));
    }
    Set<String> some = new HashSet<>(cover.places.keySet());
    some.removeIf(event -> random.nextBoolean());
    assertThat(cover.authChain(some)).isEqualTo(walked.of(some));
  }

  private static void assertNoHoles(Cover cover, AuthChains walked) {
    Map<Long, Long> lengths = new HashMap<>();
    cover.places.values().forEach(place -> lengths.merge(place.chain(), 1L, Long::sum));
    for (long chain = 1; chain <= lengths.size(); chain++) {
      assertThat(lengths).containsKey(chain);
      for (long sequence = 1; sequence <= lengths.get(chain); sequence++) {
        Cover.Place place = new Cover.Place(chain, sequence);
        assertThat(cover.events).containsKey(place);
        if (sequence > 1) {
          String before = cover.events.get(new Cover.Place(chain, sequence - 1));
          assertThat(walked.of(Set.of(cover.events.get(place)))).contains(before);
        }
      }
    }
  }
}
