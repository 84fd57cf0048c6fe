package d2s.engine.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two runs from writing to one folder at a time. It ends with the process that holds it. */
record FolderLock(Path file, FileChannel channel) implements AutoCloseable {

  private static final String NAME = "~copying";

  static FolderLock of(Path folder) throws IOException, StoreUnusableException {
    Path file = folder.resolve(NAME);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new FolderLock(file, channel);
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw taken(folder);
  }

  /** Nothing is made: a folder that nobody has begun to fill is free. */
  static void requireFree(Path folder) throws StoreUnusableException {
    Path file = folder.resolve(NAME);
    if (!Files.isWritable(file)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw taken(folder);
      }
    } catch (OverlappingFileLockException e) {
      throw taken(folder);
    } catch (IOException e) {
      // Gone meanwhile, so that nobody holds it. The run itself says what else is wrong.
      return;
    }
  }

  private static StoreUnusableException taken(Path folder) {
    return new StoreUnusableException(
        "Another run is copying files to " + folder + ". Wait for it to end.");
  }

  @Override
  public void close() throws IOException {
    // Removed while it is still held, so that nobody's lock is taken away.
    Files.deleteIfExists(file);
    channel.close();
  }
}
