package d2s.matrix.authchain;

import java.util.BitSet;

/**
 * Which events of a room get a place on a chain.
 *
 * <p>All do, except out-of-band memberships whose auth chain is not here: the server is not in the
 * room, and Synapse computes their place once it joins and has received the rest. An out-of-band
 * membership has its auth chain here if it has auth events, and all of them are known and have a
 * place. It also gets a place if an event with a place names it as an auth event, directly or not:
 * the auth chain of that event would be torn otherwise.
 */
final class Coverage {
  private final Edges auth;
  private final BitSet covered;

  private Coverage(Edges auth) {
    this.auth = auth;
    covered = new BitSet(auth.nodes());
  }

  /**
   * Finds the positions in the order whose events get a place.
   *
   * @param incomplete the events, by their own numbers, with an unknown auth event
   */
  static BitSet of(AuthOrder order, ChainEvents events, BitSet incomplete) {
    Coverage coverage = new Coverage(order.authEvents());
    for (int position = coverage.auth.nodes() - 1; position >= 0; position--) {
      if (!events.isOutOfBand(order.eventAt(position)) || coverage.covered.get(position)) {
        coverage.coverWithAuthEvents(position);
      }
    }
    for (int position = coverage.covered.nextClearBit(0);
        position < coverage.auth.nodes();
        position = coverage.covered.nextClearBit(position + 1)) {
      if (!incomplete.get(order.eventAt(position)) && coverage.hasAuthChain(position)) {
        coverage.covered.set(position);
      }
    }
    return coverage.covered;
  }

  private void coverWithAuthEvents(int position) {
    covered.set(position);
    for (int edge = auth.from(position); edge < auth.from(position + 1); edge++) {
      covered.set(auth.target(edge));
    }
  }

  private boolean hasAuthChain(int position) {
    for (int edge = auth.from(position); edge < auth.from(position + 1); edge++) {
      if (!covered.get(auth.target(edge))) {
        return false;
      }
    }
    return auth.from(position) < auth.from(position + 1);
  }
}
