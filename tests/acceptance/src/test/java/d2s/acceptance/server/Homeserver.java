package d2s.acceptance.server;

import java.net.URI;

/** A running homeserver that answers clients on the loopback interface. */
public interface Homeserver {
  /** Base address for clients, plain HTTP. */
  URI address();

  /** A client with the given access token; null asks without one. */
  default MatrixClient client(String token) {
    return new MatrixClient(address(), token);
  }
}
