package d2s.crash;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * The network between a program and a PostgreSQL server: it passes every message on, tells a {@link
 * Clock} of it, and can be cut or fall silent. It does not speak TLS.
 */
final class PostgresProxy implements AutoCloseable {

  private static final int STARTUP_LIMIT = 10_000;
  private static final int PROTOCOL_3 = 196_608;

  private final ServerSocket listening;
  private final IntSupplier serverPort;
  private final Clock clock;
  private final Clock.Side side;
  private final Set<Socket> open = new HashSet<>();
  private boolean cut;
  private boolean silent;

  /** How often everything was cut: who waits for the next time must not miss it. */
  private int cuts;

  PostgresProxy(IntSupplier serverPort, Clock clock, Clock.Side side) throws IOException {
    this.serverPort = serverPort;
    this.clock = clock;
    this.side = side;
    this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    begin("accept", this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Ends all connections; new ones are refused until {@link #restore}. */
  synchronized void cut() {
    cut = true;
    cuts++;
    open.forEach(PostgresProxy::reset);
    open.clear();
    notifyAll();
  }

  /** Passes nothing on any more in either direction, and keeps all connections open. */
  synchronized void fallSilent() {
    silent = true;
  }

  /** Works again, for new connections. */
  synchronized void restore() {
    cut();
    cut = false;
    silent = false;
    notifyAll();
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is closed already.
      return;
    }
  }

  /** Whatever was passed on still arrives. */
  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed already.
      return;
    }
  }

  private static void begin(String name, Runnable work) {
    Thread thread = new Thread(work, "proxy " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        try {
          connect(client);
        } catch (IOException e) {
          // The server is down.
          reset(client);
        }
      }
    } catch (IOException e) {
      // Closed.
      return;
    }
  }

  private void connect(Socket client) throws IOException {
    synchronized (this) {
      if (cut) {
        reset(client);
        return;
      }
      open.add(client);
    }
    Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort.getAsInt());
    synchronized (this) {
      open.add(server);
    }
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    begin("to " + side, () -> pass(client, server, true));
    begin("from " + side, () -> pass(server, client, false));
  }

  private void pass(Socket from, Socket to, boolean isToServer) {
    try {
      DataInputStream in = new DataInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      if (isToServer) {
        passStartup(in, out);
      }
      while (true) {
        passMessage(in, out, isToServer);
      }
    } catch (IOException e) {
      close(from);
      close(to);
      synchronized (this) {
        open.remove(from);
        open.remove(to);
      }
    }
  }

  /** The first message has no type; a request to cancel is the only one of its connection. */
  private void passStartup(DataInputStream in, OutputStream out) throws IOException {
    int length = in.readInt();
    if (length < 8 || length > STARTUP_LIMIT) {
      throw new EOFException();
    }
    byte[] message = new byte[length];
    ByteBuffer.wrap(message).putInt(length);
    in.readFully(message, 4, length - 4);
    awaitSpeech();
    out.write(message);
    out.flush();
    if (ByteBuffer.wrap(message).getInt(4) != PROTOCOL_3) {
      // To cancel something; TLS is not used here.
      in.transferTo(out);
      throw new EOFException();
    }
  }

  private void passMessage(DataInputStream in, OutputStream out, boolean isToServer)
      throws IOException {
    byte type = in.readByte();
    int length = in.readInt();
    byte[] message = new byte[1 + Math.max(4, length)];
    ByteBuffer.wrap(message).put(type).putInt(length);
    in.readFully(message, 5, length - 4);
    if (isToServer) {
      clock.sent(side, sql(type, message));
    } else if (type == 'C' && isCommit(message) && clock.committed()) {
      // Whoever keeps the answer back has cut the connection or lets it hang.
      hangForEver();
    }
    awaitSpeech();
    out.write(message);
    if (in.available() == 0) {
      out.flush();
    }
  }

  private static String sql(byte type, byte[] message) {
    int start;
    if (type == 'Q') {
      start = 5;
    } else if (type == 'P') {
      start = 5;
      while (message[start] != 0) {
        start++;
      }
      start++;
    } else {
      return "";
    }
    int end = start;
    while (end < message.length && message[end] != 0) {
      end++;
    }
    return new String(message, start, end - start, StandardCharsets.UTF_8);
  }

  private boolean isCommit(byte[] message) {
    return side == Clock.Side.TARGET
        && new String(message, 5, message.length - 6, StandardCharsets.US_ASCII).equals("COMMIT");
  }

  private synchronized void awaitSpeech() throws IOException {
    int before = cuts;
    while (silent && cuts == before) {
      await();
    }
  }

  private synchronized void hangForEver() throws IOException {
    int before = cuts;
    while (cuts == before) {
      await();
    }
    throw new EOFException();
  }

  private void await() throws IOException {
    try {
      wait();
    } catch (InterruptedException e) {
      throw new EOFException();
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }
}
