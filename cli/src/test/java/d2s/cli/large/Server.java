package d2s.cli.large;

/**
 * A homeserver that signs events.
 *
 * @param keyId the name of its signing key, without {@code ed25519:}
 */
record Server(String name, String keyId, Ed25519Key key, boolean local) {}
