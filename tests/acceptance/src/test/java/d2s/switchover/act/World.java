package d2s.switchover.act;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.acceptance.server.Homeserver;
import d2s.acceptance.server.MatrixClient;
import d2s.switchover.client.Person;
import d2s.switchover.server.IdentityServer;
import d2s.switchover.server.RegistrationMac;
import d2s.switchover.store.Component;
import d2s.switchover.store.DendriteStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Everybody and everything that the acts share: the homeserver that is switched, the peer that it
 * federates with, the people on both, and what they made, by name.
 *
 * <p>Whatever is chosen comes from {@link #random}, so that one seed makes one life.
 */
public final class World {
  private static final String[] SYLLABLES = {
    "ba", "ko", "li", "mu", "ne", "po", "ra", "si", "tu", "ve", "wi", "zo"
  };

  private final Random random;
  private int words;
  private final Site home;
  private final Site peer;
  private final DendriteStore dendrite;
  private final PeerVoice peerVoice;
  private final IdentityServer identityServer;
  private final Map<String, Person> people = new LinkedHashMap<>();
  private final Map<String, String> rooms = new LinkedHashMap<>();
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private final Map<String, String> events = new LinkedHashMap<>();
  private final List<Upload> uploads = new ArrayList<>();

  /** A homeserver and its server name. */
  public record Site(String serverName, Homeserver server) {}

  /** A file that was uploaded: {@code mxc://} address and content. */
  public record Upload(String mxc, byte[] content, boolean picture) {
    public String sha256() {
      try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * @param home the homeserver that is switched; answers at the same address before and after
   * @param peer the Synapse that it federates with
   * @param peerSigningKey the line of the peer's signing key file
   * @param dendrite Dendrite's databases
   * @param identityServer the one that Dendrite trusts
   */
  public World(
      long seed,
      Site home,
      Site peer,
      String peerSigningKey,
      DendriteStore dendrite,
      IdentityServer identityServer) {
    this.random = new Random(seed);
    this.home = home;
    this.peer = peer;
    this.dendrite = dendrite;
    this.peerVoice = new PeerVoice(home, peer.serverName(), peerSigningKey);
    this.identityServer = identityServer;
  }

  public Random random() {
    return random;
  }

  /** The homeserver that is switched. Its address, http://127.0.0.1:PORT, stays the same. */
  public Site home() {
    return home;
  }

  /** The other homeserver. */
  public Site peer() {
    return peer;
  }

  /** Speaks to Dendrite as the peer. */
  public PeerVoice peerVoice() {
    return peerVoice;
  }

  /** The server that vouches for addresses, as long as Dendrite asks it. */
  public IdentityServer identityServer() {
    return identityServer;
  }

  /** What Dendrite has made of an event. */
  public enum Fate {
    UNKNOWN,
    REJECTED,
    /**
     * Allowed at its place, but not as the room is now; or of a time of which only state is known.
     */
    WITHHELD,
    SHOWN
  }

  /** What Dendrite's database says of an event. */
  public Fate fate(String eventId) {
    return dendrite
        .rows(
            Component.ROOM_SERVER,
            "SELECT CASE WHEN is_rejected THEN 'REJECTED' WHEN sent_to_output THEN 'SHOWN'"
                + " ELSE 'WITHHELD' END FROM roomserver_events WHERE event_id = '"
                + eventId
                + "'")
        .stream()
        .findFirst()
        .map(Fate::valueOf)
        .orElse(Fate.UNKNOWN);
  }

  /** A word that nobody has used. */
  public String word() {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      word.append(pick(SYLLABLES));
    }
    return word.append(words++).toString();
  }

  @SafeVarargs
  public final <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** The local user in this role; registered, with one device, when first named. */
  public Person person(String role) {
    return people.computeIfAbsent(role, name -> register(name, home));
  }

  /** The user of the peer in this role; registered, with one device, when first named. */
  public Person peerPerson(String role) {
    return people.computeIfAbsent(role, name -> register(name, peer));
  }

  /** Everybody so far, on both servers, by role. */
  public Map<String, Person> people() {
    return people;
  }

  public boolean isLocal(Person person) {
    return person.userId().endsWith(":" + home.serverName());
  }

  /** Room IDs by name; acts add theirs. What is in here is compared before and after. */
  public Map<String, String> rooms() {
    return rooms;
  }

  public String room(String name) {
    String roomId = rooms.get(name);
    if (roomId == null) {
      throw new IllegalArgumentException("no room " + name);
    }
    return roomId;
  }

  /** Room aliases by name. */
  public Map<String, String> aliases() {
    return aliases;
  }

  /** Event IDs by name, {@code room.what}. What is in here is compared before and after. */
  public Map<String, String> events() {
    return events;
  }

  public String event(String name) {
    String eventId = events.get(name);
    if (eventId == null) {
      throw new IllegalArgumentException("no event " + name);
    }
    return eventId;
  }

  /** Files of both servers that must still load. */
  public List<Upload> uploads() {
    return uploads;
  }

  /** The person on a further device, logged in by password. */
  public Person anotherDevice(Person person, String deviceId) {
    Site site = isLocal(person) ? home : peer;
    JsonNode answer =
        site.server()
            .client(null)
            .post(
                List.of("login"),
                Map.of(
                    "type",
                    "m.login.password",
                    "identifier",
                    Map.of("type", "m.id.user", "user", person.userId()),
                    "password",
                    person.password(),
                    "device_id",
                    deviceId))
            .orFail();
    return person(person.role(), site, person.password(), answer);
  }

  /** A local user in this role who may use the administration API. */
  public Person administrator(String role) {
    return people.computeIfAbsent(role, this::registerAdministrator);
  }

  private Person registerAdministrator(String role) {
    MatrixClient anybody = home.server().client(null);
    String prefix = "/_synapse/admin/v1";
    String nonce = anybody.getBelow(prefix, List.of("register")).orFail().get("nonce").asText();
    String name = role + "-" + word();
    String password = "pw " + word();
    String mac = RegistrationMac.of(nonce, name, password, true);
    anybody
        .send(
            "POST",
            prefix,
            List.of("register"),
            Map.of(
                "nonce", nonce, "username", name, "password", password, "admin", true, "mac", mac))
        .orFail();
    JsonNode answer =
        anybody
            .post(
                List.of("login"),
                Map.of(
                    "type",
                    "m.login.password",
                    "identifier",
                    Map.of("type", "m.id.user", "user", name),
                    "password",
                    password,
                    "device_id",
                    "ADMINISTRATION"))
            .orFail();
    return person(role, home, password, answer);
  }

  private Person register(String role, Site site) {
    String password = "pw " + word() + " \u2713";
    JsonNode answer =
        site.server()
            .client(null)
            .post(
                List.of("register"),
                Map.of(
                    "username",
                    role + "-" + word(),
                    "password",
                    password,
                    "device_id",
                    (role + word()).toUpperCase(java.util.Locale.ROOT),
                    "auth",
                    Map.of("type", "m.login.dummy")))
            .orFail();
    return person(role, site, password, answer);
  }

  private static Person person(String role, Site site, String password, JsonNode answer) {
    String token = answer.get("access_token").asText();
    return new Person(
        role,
        answer.get("user_id").asText(),
        password,
        answer.get("device_id").asText(),
        token,
        site.server().client(token));
  }
}
