package d2s.generator.event;

import d2s.generator.random.Chance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A room while it lives. */
public final class Room {
  public final long nid;
  public final String id;

  /** 1 to 11. */
  public final int version;

  public final Person creator;
  public final boolean isPublic;
  public final boolean encrypted;
  public final boolean federated;

  public final Map<String, StateEvent> state = new HashMap<>();
  public final Map<Person, Member> members = new LinkedHashMap<>();
  public final List<Person> joined = new ArrayList<>();

  /** Those of them who are users of this server. */
  public final Set<Person> localJoined = new LinkedHashSet<>();

  /** The blocks of the current state, and the snapshot that lists them. */
  public long[] blocks = {};

  public long snapshot;

  /** Whether nothing has changed since all state was put into one block. */
  public boolean isStateInOneBlock;

  public List<Reference> extremities = List.of();
  public long lastSent;

  /** Where the join over federation is in the stream; 0 for rooms of this server. */
  public long joinPosition;

  public long joinDepth;

  /** The state that came with the join. */
  public long snapshotBeforeJoin;

  /** The last messages, as targets of reactions. */
  final Reference[] recent = new Reference[8];

  public int recentCount;
  public Held held;
  public String name;

  public Room(
      long nid,
      String id,
      int version,
      Person creator,
      boolean isPublic,
      boolean encrypted,
      boolean federated) {
    this.nid = nid;
    this.id = id;
    this.version = version;
    this.creator = creator;
    this.isPublic = isPublic;
    this.encrypted = encrypted;
    this.federated = federated;
  }

  /** A message that will be redacted, and is written down only then. */
  public record Held(Pdu pdu, Person sender, long nid, Object[] output, Draft draft) {}

  public StateEvent state(String type, String key) {
    return state.get(type + '\0' + key);
  }

  public StateEvent member(Person person) {
    return state("m.room.member", person.id);
  }

  boolean isJoined(Person person) {
    Member member = members.get(person);
    return member != null && "join".equals(member.membership);
  }

  /** The events that allow an event, as the specification selects them. */
  public List<StateEvent> authOf(Person sender, String key, String type) {
    List<StateEvent> auth = new ArrayList<>(5);
    if (type.equals("m.room.create")) {
      return auth;
    }
    add(auth, state("m.room.create", ""));
    add(auth, state("m.room.power_levels", ""));
    add(auth, member(sender));
    return auth;
  }

  /** The same for a membership. */
  public List<StateEvent> authOfMember(Person sender, Person target, String membership) {
    List<StateEvent> auth = authOf(sender, target.id, "m.room.member");
    if (sender != target) {
      add(auth, member(target));
    }
    if (membership.equals("join") || membership.equals("invite")) {
      add(auth, state("m.room.join_rules", ""));
    }
    return auth;
  }

  private static void add(List<StateEvent> auth, StateEvent event) {
    if (event != null) {
      auth.add(event);
    }
  }

  /** Makes an event part of the state; returns what it replaces, or null. */
  public StateEvent put(StateEvent event) {
    return state.put(event.type() + '\0' + event.key(), event);
  }

  public void become(Person person, String membership, StateEvent event) {
    Member member = members.computeIfAbsent(person, Member::new);
    boolean was = "join".equals(member.membership);
    member.become(membership, event);
    boolean is = membership.equals("join");
    if (is && !was) {
      member.place = joined.size();
      joined.add(person);
      if (person.server.local()) {
        localJoined.add(person);
      }
    } else if (was && !is) {
      Person last = joined.remove(joined.size() - 1);
      if (last != person) {
        joined.set(member.place, last);
        members.get(last).place = member.place;
      }
      member.place = -1;
      localJoined.remove(person);
    }
  }

  /** The events of the current state, in order. */
  public long[] stateNids() {
    long[] nids = new long[state.size()];
    int i = 0;
    for (StateEvent event : state.values()) {
      nids[i++] = event.nid();
    }
    Arrays.sort(nids);
    return nids;
  }

  public void remember(Reference message) {
    recent[recentCount++ % recent.length] = message;
  }

  public Reference recentMessage(Chance chance) {
    int known = Math.min(recentCount, recent.length);
    return known == 0 ? null : recent[chance.below(known)];
  }
}
