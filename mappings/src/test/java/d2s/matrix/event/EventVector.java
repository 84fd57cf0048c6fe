package d2s.matrix.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * One event of a resource file, with what is known of it.
 *
 * @param redacted the canonical form of the event after Synapse redacted it, without unsigned
 */
public record EventVector(
    RoomVersion version, String what, String eventId, String json, String redacted) {

  /** The events that Dendrite stored. */
  public static List<EventVector> recorded() {
    return read("recorded.tsv");
  }

  /** The events that were made to hold everything that a redaction may keep or drop. */
  static List<EventVector> madeUp() {
    return read("made-up.tsv");
  }

  /** The only recorded event of this kind and room version. */
  public static EventVector recorded(RoomVersion version, String what) {
    return recorded().stream()
        .filter(vector -> vector.version == version && vector.what.equals(what))
        .findFirst()
        .orElseThrow();
  }

  public Pdu pdu() {
    return Pdu.parse(json, eventId, version);
  }

  private static List<EventVector> read(String resource) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(EventVector.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).map(EventVector::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EventVector of(String line) {
    String[] columns = line.split("\t", -1);
    return new EventVector(
        RoomVersion.of(columns[0]).orElseThrow(), columns[1], columns[2], columns[3], columns[4]);
  }

  @Override
  public String toString() {
    return "version " + version.getIdentifier() + ", " + what + ", " + eventId;
  }
}
