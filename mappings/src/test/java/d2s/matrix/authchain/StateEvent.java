package d2s.matrix.authchain;

import java.util.List;

/** A state event as the tests describe it. */
record StateEvent(
    String id, String type, String stateKey, boolean outOfBand, List<String> authEvents) {}
