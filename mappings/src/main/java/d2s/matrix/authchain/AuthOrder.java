package d2s.matrix.authchain;

import java.util.Arrays;

/**
 * An order of the events of a room in which every event comes after its auth events.
 *
 * <p>The depth that an event claims is no help: any server may lie about it. A search along the
 * auth edges finds the order, and meets on its way the edges that close a circle. Event IDs are
 * hashes from room version 3 on, so that only damaged data or room versions 1 and 2 can have one;
 * those edges are left out, and nothing else is.
 */
final class AuthOrder {
  /** Learns of an edge that is left out because it closes a circle. */
  interface Circles {
    void leftOut(int event, int authEvent);
  }

  private static final int UNSEEN = -1;
  private static final int OPEN = -2;

  private final int[] eventAt;
  private final Edges authEvents;

  private AuthOrder(int[] eventAt, Edges authEvents) {
    this.eventAt = eventAt;
    this.authEvents = authEvents;
  }

  static AuthOrder of(Edges auth, Circles circles) {
    int events = auth.nodes();
    int[] eventAt = new int[events];
    int[] positionOf = new int[events];
    int[] nextEdge = new int[events];
    int[] path = new int[events];
    Arrays.fill(positionOf, UNSEEN);
    Edges.Builder ordered = new Edges.Builder();
    int done = 0;
    for (int start = 0; start < events; start++) {
      if (positionOf[start] != UNSEEN) {
        continue;
      }
      int length = 0;
      path[length++] = start;
      positionOf[start] = OPEN;
      nextEdge[start] = auth.from(start);
      while (length > 0) {
        int event = path[length - 1];
        if (nextEdge[event] < auth.from(event + 1)) {
          int authEvent = auth.target(nextEdge[event]++);
          if (positionOf[authEvent] == UNSEEN) {
            path[length++] = authEvent;
            positionOf[authEvent] = OPEN;
            nextEdge[authEvent] = auth.from(authEvent);
          } else if (positionOf[authEvent] == OPEN) {
            circles.leftOut(event, authEvent);
          }
        } else {
          length--;
          positionOf[event] = done;
          eventAt[done++] = event;
        }
      }
    }
    for (int event = 0; event < events; event++) {
      for (int edge = auth.from(event); edge < auth.from(event + 1); edge++) {
        // An edge that closes a circle leads to an event that was still open, so it came later.
        if (positionOf[auth.target(edge)] < positionOf[event]) {
          ordered.add(positionOf[event], positionOf[auth.target(edge)]);
        }
      }
    }
    return new AuthOrder(eventAt, ordered.build(events));
  }

  /** The event at a position of the order. */
  int eventAt(int position) {
    return eventAt[position];
  }

  /** The auth events, between positions of the order: every edge leads to a smaller one. */
  Edges authEvents() {
    return authEvents;
  }
}
