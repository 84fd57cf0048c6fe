package d2s.generator.event;

/** A user, of this server or another. */
public final class Person {
  public final String id;
  public final String localpart;
  public final Server server;
  public final String displayName;
  public final String avatar;

  /** Number of the person among those of its kind, from 0. */
  public final int number;

  /** {@code userapi_devices.session_id}; 0 for users of other servers. */
  public final long session;

  public final String device;
  public final String curveKey;

  /** Whether the device has keys. */
  public final boolean encrypts;

  public Person(
      String localpart,
      Server server,
      String displayName,
      String avatar,
      int number,
      long session,
      String device,
      String curveKey,
      boolean encrypts) {
    this.id = "@" + localpart + ":" + server.name();
    this.localpart = localpart;
    this.server = server;
    this.displayName = displayName;
    this.avatar = avatar;
    this.number = number;
    this.session = session;
    this.device = device;
    this.curveKey = curveKey;
    this.encrypts = encrypts;
  }
}
