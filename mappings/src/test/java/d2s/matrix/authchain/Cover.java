package d2s.matrix.authchain;

import d2s.engine.extension.Emitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the hook emitted, and how Synapse reads it: all links of the chains at hand are followed
 * from their origin or anything above it, and the highest number seen on each chain counts.
 */
final class Cover implements Emitter {
  private static final Pattern THROUGH = Pattern.compile("through (\\S+)\\. ");

  record Place(long chain, long sequence) {}

  record Link(Place origin, Place target) {}

  record ToCalculate(String event, String room, String type, String stateKey) {}

  /** An auth event of an event that the hook reported and left out. */
  record LeftOut(String event, String authEvent) {}

  final Map<String, Place> places = new LinkedHashMap<>();
  final Map<Place, String> events = new HashMap<>();
  final List<Link> links = new ArrayList<>();
  final List<ToCalculate> toCalculate = new ArrayList<>();
  final List<LeftOut> leftOut = new ArrayList<>();
  private final Map<Long, List<Link>> linksOf = new HashMap<>();

  @Override
  public void emit(String row, Object... values) {
    switch (row) {
      case "chain" -> {
        Place place = new Place((long) values[1], (long) values[2]);
        if (places.put((String) values[0], place) != null
            || events.put(place, (String) values[0]) != null) {
          throw new AssertionError("two rows for " + values[0] + " or for " + place);
        }
      }
      case "link" -> {
        Link link =
            new Link(
                new Place((long) values[0], (long) values[1]),
                new Place((long) values[2], (long) values[3]));
        links.add(link);
        linksOf.computeIfAbsent(link.origin().chain(), chain -> new ArrayList<>()).add(link);
      }
      case "to_calculate" ->
          toCalculate.add(
              new ToCalculate(
                  (String) values[0], (String) values[1], (String) values[2], (String) values[3]));
      default -> throw new AssertionError("no row " + row);
    }
  }

  @Override
  public void skip(String what, String reason) {
    Matcher authEvent = THROUGH.matcher(reason);
    if (!authEvent.find()) {
      throw new AssertionError("the reason does not name the auth event: " + reason);
    }
    leftOut.add(new LeftOut(what, authEvent.group(1)));
  }

  /** The events in the auth chain of any of the given ones, as Synapse finds them. */
  Set<String> authChain(Set<String> given) {
    return authChain(given, null);
  }

  /** The same as if one link were missing. */
  Set<String> authChain(Set<String> given, Link missing) {
    Map<Long, Long> start = new HashMap<>();
    for (String event : given) {
      Place place = places.get(event);
      start.merge(place.chain(), place.sequence(), Math::max);
    }
    Map<Long, Long> highest = new HashMap<>();
    start.forEach((chain, sequence) -> follow(new Place(chain, sequence), highest, missing));
    start.forEach((chain, sequence) -> highest.merge(chain, sequence - 1, Math::max));
    Set<String> found = new HashSet<>();
    highest.forEach(
        (chain, sequence) -> {
          for (long number = 1; number <= sequence; number++) {
            found.add(events.get(new Place(chain, number)));
          }
        });
    return found;
  }

  private void follow(Place start, Map<Long, Long> highest, Link missing) {
    List<Place> open = new ArrayList<>(List.of(start));
    while (!open.isEmpty()) {
      Place place = open.remove(open.size() - 1);
      for (Link link : linksOf.getOrDefault(place.chain(), List.of())) {
        Place target = link.target();
        if (!link.equals(missing)
            && link.origin().sequence() <= place.sequence()
            && highest.getOrDefault(target.chain(), 0L) < target.sequence()) {
          highest.put(target.chain(), target.sequence());
          open.add(target);
        }
      }
    }
  }
}
