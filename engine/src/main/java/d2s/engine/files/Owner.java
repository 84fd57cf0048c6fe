package d2s.engine.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * Gives what is written to whoever owns the target's folder, because the server that will read it
 * usually is not the user who migrates. Only root can; for others nothing changes.
 */
final class Owner {

  private final Map<String, Object> wanted;
  private volatile boolean refused;

  private Owner(Map<String, Object> wanted) {
    this.wanted = wanted;
  }

  /** The owner of a folder; nobody where the file system has no owners. */
  static Owner of(Path folder) throws IOException {
    try {
      return new Owner(Map.copyOf(Files.readAttributes(folder, "unix:uid,gid")));
    } catch (UnsupportedOperationException e) {
      return new Owner(Map.of());
    }
  }

  /** Gives a file or folder that was just made. */
  void take(Path made) throws IOException {
    if (refused || wanted.isEmpty()) {
      return;
    }
    Map<String, Object> actual =
        Files.readAttributes(made, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
    if (actual.equals(wanted)) {
      return;
    }
    try {
      for (String attribute : wanted.keySet()) {
        Files.setAttribute(
            made, "unix:" + attribute, wanted.get(attribute), LinkOption.NOFOLLOW_LINKS);
      }
    } catch (IOException e) {
      refused = true;
    }
  }

  /** Whether something could not be given. */
  boolean wasRefused() {
    return refused;
  }
}
