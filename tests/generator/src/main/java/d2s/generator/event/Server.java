package d2s.generator.event;

import d2s.generator.signing.Ed25519Key;

/**
 * A homeserver that signs events.
 *
 * @param keyId the name of its signing key, without {@code ed25519:}
 */
public record Server(String name, String keyId, Ed25519Key key, boolean local) {}
