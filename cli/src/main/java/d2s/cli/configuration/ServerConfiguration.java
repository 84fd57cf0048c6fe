package d2s.cli.configuration;

import d2s.cli.connection.ConnectionParameter;
import java.util.Map;
import java.util.Optional;

/**
 * What a server's configuration says about itself.
 *
 * @param origin the file, for messages
 * @param serverName the name that is part of every user ID, e.g. {@code example.org}
 * @param database the parameters of its database; empty when the file does not say
 * @param media the folder of its media files as written, perhaps relative to the folder in which
 *     the server runs; empty when the file does not say
 */
public record ServerConfiguration(
    String origin,
    Optional<String> serverName,
    Optional<Map<ConnectionParameter, String>> database,
    Optional<String> media) {}
