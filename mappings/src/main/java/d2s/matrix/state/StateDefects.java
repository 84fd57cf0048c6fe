package d2s.matrix.state;

import d2s.engine.extension.Emitter;
import java.util.EnumMap;
import java.util.Map;

/** What is wrong with the state of one room: one line a kind, with a count and the first case. */
final class StateDefects {

  /** The kinds of defects, with what they mean for the room. */
  enum Kind {
    NO_CREATE_EVENT(
        "events in the timeline of a room without create event: no state was written for the room"),
    CREATE_MISSING(
        "states without the create event: the one create event of the room was added to them"),
    CURRENT_STATE_MISSING(
        "the snapshot of the current state is missing: the state at the newest extremity was taken,"
            + " or if that is missing too, the one that Dendrite showed to clients. If there is"
            + " none, nobody is in the room"),
    ENTRY_LOST(
        "entries that the current state has lost: those that Dendrite showed to clients, and knows as"
            + " the last membership of a user, were taken, and hold from now on"),
    TABLES_DIFFER(
        "entries of the current state in which the tables of Dendrite do not agree: those of its"
            + " room server stay"),
    BLOCK_MISSING(
        "state blocks are missing: the states that name them were read without their entries"),
    BLOCKS_OUT_OF_ORDER(
        "snapshots whose blocks do not ascend: read in the order of the array, which Dendrite"
            + " itself cannot do"),
    EVENT_MISSING(
        "state events that blocks refer to were not carried: the states were read without them"),
    EVENT_WITHOUT_STATE(
        "events in the timeline without a readable snapshot: they got the state of their"
            + " neighbours, so who may see them is a guess"),
    CHANGE_MISSING("state events that the sync stream refers to were not carried"),
    CHANGES_INCOMPLETE(
        "entries of the current state that the sync stream does not lead to: the difference was"
            + " added to the end of the stream"),
    NO_MEMBERSHIP("member events of local users without a membership: left out");

    private final String meaning;

    Kind(String meaning) {
      this.meaning = meaning;
    }
  }

  private record Tally(int count, String first) {}

  private final Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);

  /**
   * @param thing the id of the thing concerned
   */
  void add(Kind kind, Object thing) {
    tallies.merge(
        kind,
        new Tally(1, thing.toString()),
        (old, one) -> new Tally(old.count() + 1, old.first()));
  }

  void report(String room, Emitter out) {
    tallies.forEach(
        (kind, tally) ->
            out.skip(
                room,
                kind.meaning + " (" + tally.count() + ", the first is " + tally.first() + ")"));
  }
}
