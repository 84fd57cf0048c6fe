package d2s.matrix.verification.events;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Interner;
import d2s.matrix.verification.TargetRules;
import d2s.matrix.verification.rows.ByKey;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The chain cover: that following its links from a state event leads exactly to the auth chain of
 * the event.
 *
 * <p>The auth chains are computed from {@code event_auth}: for every event the highest number on
 * each chain. That is all there is to know of an auth chain if every event has the one before it on
 * its chain in its auth chain, which is checked too.
 */
public final class ChainCoverVerification implements Verification {

  private static final List<TargetRules.Rule> RULES =
      List.of(
          new TargetRules.Rule(
              "is a chain whose numbers do not go from 1 without holes",
              """
              select chain_id from event_auth_chains group by chain_id
              having min(sequence_number) <> 1 or max(sequence_number) <> count(*)
              """),
          new TargetRules.Rule(
              "is a chain through several rooms",
              """
              select c.chain_id from event_auth_chains c join state_events s using (event_id)
              group by c.chain_id having count(distinct s.room_id) > 1
              """),
          new TargetRules.Rule(
              "is a chain with a link from or to a place where no event is",
              """
              select l.origin_chain_id from event_auth_chain_links l
              where not exists (select 1 from event_auth_chains c
                                where c.chain_id = l.origin_chain_id
                                  and c.sequence_number = l.origin_sequence_number)
                or not exists (select 1 from event_auth_chains c
                               where c.chain_id = l.target_chain_id
                                 and c.sequence_number = l.target_sequence_number)
              """),
          new TargetRules.Rule(
              "is a state event without a place in the chain cover",
              """
              select s.event_id from state_events s
              where not exists (select 1 from event_auth_chains c where c.event_id = s.event_id)
                and not exists (select 1 from event_auth_chain_to_calculate t where t.event_id = s.event_id)
              """),
          new TargetRules.Rule(
              "waits for a place in the chain cover, but has one or is no membership out of band",
              """
              select t.event_id from event_auth_chain_to_calculate t
              left join event_json j on j.event_id = t.event_id
              left join events e on e.event_id = t.event_id
              where (e.room_id, e.type, e.state_key) is distinct from (t.room_id, t.type, t.state_key)
                or exists (select 1 from event_auth_chains c where c.event_id = t.event_id)
                or (j.internal_metadata like '%"out_of_band_membership":true%') is not true
              """),
          new TargetRules.Rule(
              "is a room whose chain cover Synapse would not use",
              "select room_id from rooms where has_auth_chain_index is not true"));

  @Override
  public String name() {
    return "chain cover";
  }

  @Override
  public String proves() {
    return "The auth chain index of every room gives the auth chain of every state event.";
  }

  @Override
  public List<String> tables() {
    return List.of("event_auth_chains", "event_auth_chain_links");
  }

  @Override
  public int passes() {
    return 2;
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    try (ByKey rooms =
        new ByKey("room_id")
            .with(
                "places",
                context.target(),
                """
                select s.room_id, s.event_id, c.chain_id, c.sequence_number
                from state_events s left join event_auth_chains c on c.event_id = s.event_id
                """)
            .with("auth", context.target(), "select room_id, event_id, auth_id from event_auth")
            .with(
                "links",
                context.target(),
                """
                select s.room_id, l.origin_chain_id, l.origin_sequence_number, l.target_chain_id,
                       l.target_sequence_number
                from event_auth_chain_links l
                join event_auth_chains c on c.chain_id = l.origin_chain_id
                                        and c.sequence_number = l.origin_sequence_number
                join state_events s on s.event_id = c.event_id
                """)) {
      for (String room = rooms.next(null); room != null; room = rooms.next(room)) {
        new Room(findings).check(room, rooms);
      }
    }
    for (TargetRules.Rule rule : RULES) {
      Sql.findAll(context.target(), rule.sql(), rule.wrong(), findings);
    }
  }

  private record Place(long chain, long number) {}

  private record Link(long origin, Place target) {}

  /** One room. */
  private static final class Room {

    private final Findings findings;
    private final Interner events = new Interner();
    private final Map<Integer, Place> places = new HashMap<>();
    private final Map<Integer, List<Integer>> auth = new HashMap<>();
    private final Map<Long, List<Link>> links = new HashMap<>();

    /** For each event that was computed the highest number of its auth chain on each chain. */
    private final Map<Integer, Map<Long, Long>> chains = new HashMap<>();

    /** Events with an event in their auth chain that has no place. */
    private final Set<Integer> incomplete = new HashSet<>();

    Room(Findings findings) {
      this.findings = findings;
    }

    void check(String room, ByKey rooms) throws SQLException {
      rooms.read(
          room,
          "places",
          row -> {
            int event = events.of(row.getString("event_id"));
            long chain = row.getLong("chain_id");
            if (!row.wasNull()) {
              places.put(event, new Place(chain, row.getLong("sequence_number")));
            }
          });
      int known = events.size();
      rooms.read(
          room,
          "auth",
          row -> {
            int event = events.of(row.getString("event_id"));
            int authEvent = events.of(row.getString("auth_id"));
            // An auth event that is not here cannot be covered.
            if (event < known && authEvent < known) {
              auth.computeIfAbsent(event, e -> new ArrayList<>()).add(authEvent);
            }
          });
      rooms.read(
          room,
          "links",
          row ->
              links
                  .computeIfAbsent(row.getLong("origin_chain_id"), chain -> new ArrayList<>())
                  .add(
                      new Link(
                          row.getLong("origin_sequence_number"),
                          new Place(
                              row.getLong("target_chain_id"),
                              row.getLong("target_sequence_number")))));
      for (int event = 0; event < known; event++) {
        compute(event);
        if (places.containsKey(event) && !incomplete.contains(event)) {
          findings.looked();
          compare(event, places.get(event));
        }
      }
    }

    /** Computes the auth chain of an event after those of its auth events. */
    private void compute(int event) {
      List<Integer> open = new ArrayList<>(List.of(event));
      Set<Integer> entered = new HashSet<>();
      while (!open.isEmpty()) {
        int top = open.get(open.size() - 1);
        boolean ready = chains.containsKey(top);
        if (!ready && entered.add(top)) {
          for (int authEvent : auth.getOrDefault(top, List.of())) {
            // What was entered and is not ready yet is a circle, which no index can show.
            if (!chains.containsKey(authEvent) && !entered.contains(authEvent)) {
              open.add(authEvent);
            }
          }
        } else {
          open.remove(open.size() - 1);
          if (!ready) {
            chains.put(top, chain(top));
          }
        }
      }
    }

    private Map<Long, Long> chain(int event) {
      Map<Long, Long> chain = new TreeMap<>();
      for (int authEvent : auth.getOrDefault(event, List.of())) {
        Place place = places.get(authEvent);
        if (place == null || incomplete.contains(authEvent)) {
          incomplete.add(event);
        } else {
          chain.merge(place.chain(), place.number(), Math::max);
        }
        chains.getOrDefault(authEvent, Map.of()).forEach((c, n) -> chain.merge(c, n, Math::max));
      }
      return chain;
    }

    private void compare(int event, Place place) {
      Map<Long, Long> expected = chains.get(event);
      if (expected.getOrDefault(place.chain(), 0L) != place.number() - 1) {
        findings.found(
            events.text(event), "has not the event before it on its chain in its auth chain");
      } else if (!covered(place).equals(expected)) {
        findings.found(events.text(event), "has another auth chain than the chain cover says");
      }
    }

    /** What a reader of the index finds from a place. */
    private Map<Long, Long> covered(Place start) {
      Map<Long, Long> highest = new TreeMap<>();
      List<Place> open = new ArrayList<>(List.of(start));
      while (!open.isEmpty()) {
        Place place = open.remove(open.size() - 1);
        for (Link link : links.getOrDefault(place.chain(), List.of())) {
          Place target = link.target();
          if (link.origin() <= place.number()
              && highest.getOrDefault(target.chain(), 0L) < target.number()) {
            highest.put(target.chain(), target.number());
            open.add(target);
          }
        }
      }
      if (start.number() > 1) {
        highest.merge(start.chain(), start.number() - 1, Math::max);
      }
      return highest;
    }
  }
}
