package d2s.matrix.authchain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The auth chains of a room by walking auth events, without any index. */
final class AuthChains {
  private final Map<String, StateEvent> events = new HashMap<>();
  private final Map<String, Set<String>> authEvents = new HashMap<>();

  AuthChains(List<StateEvent> events, List<Cover.LeftOut> leftOut) {
    events.forEach(event -> this.events.put(event.id(), event));
    for (StateEvent event : events) {
      Set<String> known = new LinkedHashSet<>(event.authEvents());
      known.retainAll(this.events.keySet());
      authEvents.put(event.id(), known);
    }
    leftOut.forEach(edge -> authEvents.get(edge.event()).remove(edge.authEvent()));
  }

  /** The events that any of the given ones leads to in one step or more. */
  Set<String> of(Set<String> given) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(given);
    while (!open.isEmpty()) {
      for (String authEvent : authEvents.get(open.pop())) {
        if (found.add(authEvent)) {
          open.push(authEvent);
        }
      }
    }
    return found;
  }

  boolean hasCircle() {
    return events.keySet().stream().anyMatch(event -> of(Set.of(event)).contains(event));
  }

  /** The events that need a place: see {@link Coverage}. */
  Set<String> covered() {
    Set<String> covered = new HashSet<>();
    for (StateEvent event : events.values()) {
      if (!event.outOfBand()) {
        covered.add(event.id());
        covered.addAll(of(Set.of(event.id())));
      }
    }
    boolean grew;
    do {
      grew = false;
      for (StateEvent event : events.values()) {
        boolean complete =
            !event.authEvents().isEmpty()
                && events.keySet().containsAll(event.authEvents())
                && !authEvents.get(event.id()).isEmpty()
                && covered.containsAll(authEvents.get(event.id()));
        grew |= complete && covered.add(event.id());
      }
    } while (grew);
    return covered;
  }
}
