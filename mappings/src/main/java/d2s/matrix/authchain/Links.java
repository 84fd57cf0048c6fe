package d2s.matrix.authchain;

import java.util.Arrays;

/**
 * Finds the links that an event needs: from its place to the places of those auth events that lie
 * on other chains and that nothing else of the event leads to.
 *
 * <p>Leaving out what is reachable anyway is a matter of size, not of truth: a link too many says
 * nothing wrong. A full search would visit the whole auth chain of every event; this one stops
 * after a fixed number of steps, so that the time for a room grows with its auth edges. One or two
 * steps are enough for most events, because the auth events of an event name each other.
 */
final class Links {
  /** Takes a link from the event in question to a place on another chain. */
  interface Sink {
    void link(int chain, int sequence);
  }

  private final Edges auth;
  private final Chains chains;
  private final int steps;

  /** Per chain: the highest sequence number among the auth events of the event; 0 for none. */
  private final int[] wanted;

  /** Per wanted chain: the highest sequence number that another auth event leads to; 0 for none. */
  private final int[] reached;

  /** Per event: the last event whose search met it. */
  private final int[] metBy;

  private final int[] candidates;
  private final int[] queue;

  /**
   * Prepares for the events of one room.
   *
   * @param auth edges that all lead to smaller numbers
   * @param chains the places of the events, filled at least up to the event that is asked about
   * @param steps how many edges one search may follow beyond those of the event itself
   */
  Links(Edges auth, Chains chains, int steps) {
    this.auth = auth;
    this.chains = chains;
    this.steps = steps;
    wanted = new int[auth.nodes()];
    reached = new int[auth.nodes()];
    metBy = new int[auth.nodes()];
    candidates = new int[auth.nodes()];
    queue = new int[auth.nodes()];
    Arrays.fill(metBy, -1);
  }

  /** Tells the links of an event, those to the latest auth events first. */
  void find(int event, Sink sink) {
    int count = 0;
    int size = 0;
    // From the latest to the earliest: the first that is met on a chain is the highest there.
    for (int edge = auth.from(event + 1) - 1; edge >= auth.from(event); edge--) {
      int authEvent = auth.target(edge);
      int chain = chains.chainOf(authEvent);
      if (chain != chains.chainOf(event) && wanted[chain] == 0) {
        wanted[chain] = chains.sequenceOf(authEvent);
        candidates[count++] = authEvent;
      }
      metBy[authEvent] = event;
      queue[size++] = authEvent;
    }
    search(event, count, size);
    for (int index = 0; index < count; index++) {
      int chain = chains.chainOf(candidates[index]);
      if (reached[chain] < wanted[chain]) {
        sink.link(chain, wanted[chain]);
      }
      wanted[chain] = 0;
      reached[chain] = 0;
    }
  }

  /** Follows the edges of the queued events until every candidate is reached or cannot be. */
  private void search(int event, int count, int queued) {
    int size = queued;
    int left = steps;
    int open = count - 1;
    for (int head = 0; head < size; head++) {
      int met = queue[head];
      for (int edge = auth.from(met + 1) - 1; edge >= auth.from(met); edge--) {
        while (open >= 0 && isReached(candidates[open])) {
          open--;
        }
        int next = auth.target(edge);
        if (open < 0 || left == 0) {
          return;
        }
        if (next < candidates[open]) {
          // Edges lead down, and so do the chains: from here on everything is below the candidates.
          break;
        }
        left--;
        int chain = chains.chainOf(next);
        if (wanted[chain] != 0) {
          reached[chain] = Math.max(reached[chain], chains.sequenceOf(next));
        }
        if (metBy[next] != event) {
          metBy[next] = event;
          queue[size++] = next;
        }
      }
    }
  }

  private boolean isReached(int candidate) {
    int chain = chains.chainOf(candidate);
    return reached[chain] >= wanted[chain];
  }
}
