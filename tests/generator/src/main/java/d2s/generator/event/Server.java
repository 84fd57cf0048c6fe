package d2s.generator.event;

/**
 * A homeserver that signs events.
 *
 * @param keyId the name of its signing key, without {@code ed25519:}
 */
public record Server(String name, String keyId, Ed25519Key key, boolean local) {}
