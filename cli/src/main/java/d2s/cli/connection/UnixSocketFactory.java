package d2s.cli.connection;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.SocketFactory;

/**
 * Lets the JDBC driver connect through a Unix-domain socket, which it cannot by itself. On many
 * machines that is the only way in: the local server trusts the name of the operating system's user
 * there ("peer" authentication) and wants a password everywhere else.
 *
 * <p>The driver creates it by name, with the path of the socket file as the argument.
 */
public final class UnixSocketFactory extends SocketFactory {

  private final Path path;

  public UnixSocketFactory(String path) {
    this.path = Path.of(path);
  }

  @Override
  public Socket createSocket() {
    return new UnixSocket(path);
  }

  @Override
  public Socket createSocket(String host, int port) {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    return createSocket();
  }
}
