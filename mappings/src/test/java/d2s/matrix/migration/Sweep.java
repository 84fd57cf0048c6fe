package d2s.matrix.migration;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How far the tests go that damage rows or columns of a recording one after the other. */
final class Sweep {

  /** The recordings, each with the name of its server. */
  private static final Map<String, String> SERVERS =
      Map.of("dendrite-0.13.8", "d.test:31448", "dendrite-0.15.2", "d.test:31498");

  /** {@code -Dd2s.sweep.recording=dendrite-0.15.2} takes the other one. */
  static final String RECORDING = System.getProperty("d2s.sweep.recording", "dendrite-0.13.8");

  /** Facts that damage would take away. */
  static final Map<String, Object> GIVEN = Map.of("server_name", SERVERS.get(RECORDING));

  /** Each number begins with other rows; 0 to 23 are all: {@code -Dd2s.sweep=0,1,2}. */
  static final List<Integer> FIRST =
      Arrays.stream(System.getProperty("d2s.sweep", "0").split(",")).map(Integer::valueOf).toList();

  private Sweep() {}
}
