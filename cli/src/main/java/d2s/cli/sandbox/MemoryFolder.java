package d2s.cli.sandbox;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of Linux whose files are in memory, for what nobody needs after a crash: to make a
 * thousand files takes a second on some disks, and a hundredth of that here.
 */
public final class MemoryFolder {

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  /** What Java takes for temporary files where the user says nothing. */
  private static final String ORDINARY = "/tmp";

  /** Several times what the databases of all schemas take, in bytes. A container has less. */
  private static final long ROOM = 1_000_000_000;

  private MemoryFolder() {}

  /** Empty if the user chose another folder for temporary files, or if there is not enough room. */
  public static Optional<Path> find() {
    return find(SHARED_MEMORY, System.getProperty("java.io.tmpdir"), System.getenv("TMPDIR"), ROOM);
  }

  /**
   * @param temporary Java's folder for temporary files
   * @param wish the user's; null where there is none
   * @param room how many bytes have to be free
   */
  static Optional<Path> find(Path memory, String temporary, String wish, long room) {
    if (wish != null || !ORDINARY.equals(temporary) || !Files.isWritable(memory)) {
      return Optional.empty();
    }
    try {
      FileStore store = Files.getFileStore(memory);
      return store.type().equals("tmpfs") && store.getUsableSpace() >= room
          ? Optional.of(memory)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
