package d2s.matrix.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The room versions that Dendrite can hold, and what each means for the form of an event.
 *
 * <p>Pseudo-ID rooms ({@code org.matrix.msc4014}) are missing on purpose: their senders are keys
 * instead of user ids, and Synapse has nothing like them.
 */
public enum RoomVersion {
  V1("1", 1, true),
  V2("2", 2, true),
  V3("3", 3, true),
  V4("4", 4, true),
  V5("5", 5, true),
  V6("6", 6, true),
  V7("7", 7, true),
  V8("8", 8, true),
  V9("9", 9, true),
  V10("10", 10, true),
  V11("11", 11, true),
  V12("12", 12, true),
  /** Version 7 with integer power levels. */
  MSC3667("org.matrix.msc3667", 7, false),
  /** Version 9 with the join rule that version 10 made stable. */
  MSC3787("org.matrix.msc3787", 9, false),
  /** Version 12 before it was stable. */
  HYDRA_11("org.matrix.hydra.11", 12, true);

  /** The largest integer that version 6 and later allow in an event. */
  static final long LARGEST_INTEGER = (1L << 53) - 1;

  private static final Map<String, RoomVersion> BY_IDENTIFIER =
      Arrays.stream(values())
          .collect(Collectors.toMap(RoomVersion::getIdentifier, Function.identity()));

  private final String identifier;
  private final int base;
  private final boolean knownToSynapse;
  private final RedactionRules redactionRules;

  RoomVersion(String identifier, int base, boolean knownToSynapse) {
    this.identifier = identifier;
    this.base = base;
    this.knownToSynapse = knownToSynapse;
    this.redactionRules = RedactionRules.ofStableVersion(base);
  }

  /** The room version with this identifier; empty if neither stable nor one that Dendrite had. */
  public static Optional<RoomVersion> of(String identifier) {
    return Optional.ofNullable(identifier == null ? null : BY_IDENTIFIER.get(identifier));
  }

  /** As in the create event and in {@code rooms.room_version}, e.g. {@code 10}. */
  public String getIdentifier() {
    return identifier;
  }

  /**
   * Whether Synapse accepts the identifier. It treats every event of a room of another version as
   * absent.
   */
  public boolean isKnownToSynapse() {
    return knownToSynapse;
  }

  /** Synapse's {@code event_json.format_version}, 1 to 4. An event stored under another is lost. */
  public int getFormatVersion() {
    if (base <= 2) {
      return 1;
    }
    if (base == 3) {
      return 2;
    }
    return base < 12 ? 3 : 4;
  }

  /**
   * Whether event ids are assigned by the sender and stand in the event, instead of being hashes.
   */
  public boolean isEventIdAssigned() {
    return base <= 2;
  }

  /** Whether the hash in an event id is written in the URL-safe base64 alphabet. */
  public boolean isEventIdUrlSafe() {
    return base >= 4;
  }

  /** Whether power levels can be texts with a number, as well as integers. */
  public boolean isPowerLevelAsText() {
    return base < 10 && this != MSC3667;
  }

  /** Whether {@code redacts} is in the content of a redaction, instead of at its top level. */
  public boolean isRedactsInContent() {
    return base >= 11;
  }

  /** Whether the create event names no room, because the room is named after the create event. */
  public boolean isRoomNamedAfterCreateEvent() {
    return base >= 12;
  }

  /** Whether Synapse orders by a depth capped at 2^53-1. */
  public boolean isDepthCapped() {
    return base >= 6;
  }

  public RedactionRules redactionRules() {
    return redactionRules;
  }
}
