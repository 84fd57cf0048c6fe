package d2s.cli.large;

/** A user, of this server or another. */
final class Person {
  final String id;
  final String localpart;
  final Server server;
  final String displayName;
  final String avatar;

  /** Number of the person among those of its kind, from 0. */
  final int number;

  /** {@code userapi_devices.session_id}; 0 for users of other servers. */
  final long session;

  final String device;
  final String curveKey;

  /** Whether the device has keys. */
  final boolean encrypts;

  Person(
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
