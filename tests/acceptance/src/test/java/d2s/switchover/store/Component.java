package d2s.switchover.store;

/** A part of Dendrite that has tables, as {@code dendrite.yaml} names it. */
public enum Component {
  ROOM_SERVER("room_server", "roomserver.db"),
  SYNC_API("sync_api", "syncapi.db"),
  USER_API("user_api", "userapi_accounts.db"),
  KEY_SERVER("key_server", "keyserver.db"),
  FEDERATION_API("federation_api", "federationapi.db"),
  MEDIA_API("media_api", "mediaapi.db"),
  RELAY_API("relay_api", "relayapi.db"),
  MSCS("mscs", "mscs.db");

  private final String section;
  private final String file;

  Component(String section, String file) {
    this.section = section;
    this.file = file;
  }

  /** The section of {@code dendrite.yaml} with its settings. */
  String section() {
    return section;
  }

  /** The setting in this section that names its database. */
  String setting() {
    return this == USER_API ? "account_database" : "database";
  }

  /** The SQLite file that Dendrite's own sample configuration gives it. */
  String file() {
    return file;
  }
}
