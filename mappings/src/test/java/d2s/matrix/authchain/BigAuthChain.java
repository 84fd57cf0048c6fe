package d2s.matrix.authchain;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes rooms as people use them: few rules, many members who join, rename themselves, leave and
 * come back. Every event has the auth events that the Matrix specification selects for it.
 */
final class BigAuthChain {
  private static final String CREATOR = "@creator:a";

  private final Random random = new Random(1);
  private final List<StateEvent> events = new ArrayList<>();
  private final List<String> memberships = new ArrayList<>();
  private String create;
  private String creator;
  private String powerLevels;
  private String joinRules;

  /**
   * Makes a room.
   *
   * @param size how many state events it has
   * @param membersPerRule how many membership events there are for each change of the rules
   * @return its events, auth events first
   */
  static List<StateEvent> of(int size, int membersPerRule) {
    BigAuthChain room = new BigAuthChain();
    room.begin();
    while (room.events.size() < size) {
      if (room.events.size() % (membersPerRule + 1) == 0) {
        room.changeRules();
      } else {
        room.changeMembership();
      }
    }
    return room.events;
  }

  private void begin() {
    create = add("m.room.create", "", List.of());
    creator = add("m.room.member", CREATOR, List.of(create));
    powerLevels = add("m.room.power_levels", "", List.of(create, creator));
    joinRules = add("m.room.join_rules", "", List.of(create, powerLevels, creator));
  }

  /** A change of power levels, sometimes of join rules, by the creator or by an early member. */
  private void changeRules() {
    int early = random.nextInt(Math.min(20, memberships.size()) + 1);
    String sender = early == 0 ? creator : memberships.get(early - 1);
    if (random.nextInt(8) == 0) {
      joinRules = add("m.room.join_rules", "", List.of(create, powerLevels, sender));
    } else {
      powerLevels = add("m.room.power_levels", "", List.of(create, powerLevels, sender));
    }
  }

  private void changeMembership() {
    int member =
        random.nextInt(4) == 0 ? random.nextInt(memberships.size() + 1) : memberships.size();
    if (member == memberships.size()) {
      memberships.add(join(member, List.of(create, powerLevels, joinRules)));
    } else {
      String before = memberships.get(member);
      memberships.set(
          member,
          random.nextBoolean()
              ? join(member, List.of(create, powerLevels, joinRules, before))
              : join(member, List.of(create, powerLevels, before)));
    }
  }

  private String join(int member, List<String> authEvents) {
    return add("m.room.member", "@member" + member + ":a", authEvents);
  }

  private String add(String type, String stateKey, List<String> authEvents) {
    String id = "$%043d".formatted(events.size());
    events.add(new StateEvent(id, type, stateKey, false, authEvents));
    return id;
  }
}
