package d2s.cli.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A Unix-domain socket in the shape of {@link Socket}. The channel is non-blocking and reads wait
 * on a selector, because the driver depends on read timeouts: during COPY it asks with a timeout of
 * one millisecond whether the server has sent an error.
 */
final class UnixSocket extends Socket {

  private final Path path;
  private SocketChannel channel;
  private Selector readable;
  private Selector writable;
  private volatile int timeoutMillis;

  UnixSocket(Path path) {
    this.path = path;
  }

  @Override
  public void connect(SocketAddress ignored, int timeout) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
    channel.configureBlocking(false);
    readable = Selector.open();
    channel.register(readable, SelectionKey.OP_READ);
    writable = Selector.open();
    channel.register(writable, SelectionKey.OP_WRITE);
  }

  @Override
  public boolean isConnected() {
    return channel != null;
  }

  @Override
  public boolean isClosed() {
    return channel != null && !channel.isOpen();
  }

  /** Also wakes a thread that waits in a read or a write; the driver aborts connections so. */
  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      readable.close();
      writable.close();
    }
  }

  @Override
  public void setSoTimeout(int millis) {
    timeoutMillis = millis;
  }

  @Override
  public int getSoTimeout() {
    return timeoutMillis;
  }

  private int read(ByteBuffer buffer) throws IOException {
    int count = channel.read(buffer);
    while (count == 0 && buffer.hasRemaining()) {
      int timeout = timeoutMillis;
      await(readable, timeout);
      count = channel.read(buffer);
      if (count == 0 && timeout > 0) {
        throw new SocketTimeoutException("nothing came within " + timeout + " ms");
      }
    }
    return count;
  }

  private void write(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.write(buffer) == 0) {
        await(writable, 0);
      }
    }
  }

  private static void await(Selector selector, int timeout) throws IOException {
    try {
      selector.select(timeout);
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException e) {
      throw new SocketException("the socket was closed");
    }
  }

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return UnixSocket.this.read(ByteBuffer.wrap(bytes, offset, length));
      }

      @Override
      public void close() throws IOException {
        UnixSocket.this.close();
      }
    };
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        UnixSocket.this.write(ByteBuffer.wrap(bytes, offset, length));
      }

      @Override
      public void close() throws IOException {
        UnixSocket.this.close();
      }
    };
  }

  // Options of TCP. They do not exist here, and the driver sets them without asking.

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public void setReceiveBufferSize(int size) {}

  @Override
  public int getReceiveBufferSize() {
    return 64 * 1024;
  }

  @Override
  public void setSendBufferSize(int size) {}

  @Override
  public int getSendBufferSize() {
    return 64 * 1024;
  }
}
