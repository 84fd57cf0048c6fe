package d2s.cli.layout;

import d2s.cli.sandbox.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for the time of one command. The command holds a lock in it, which the system takes away
 * when the command ends in whatever way; a folder whose lock is free is what a killed one left.
 */
public final class StagingDirectory implements AutoCloseable {

  private static final String PREFIX = "d2s-staging-";
  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel channel;

  private StagingDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Makes one that only this user can read. */
  public static StagingDirectory create(Path parent) throws IOException {
    Path path = Files.createTempDirectory(parent, PREFIX);
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.lock();
    return new StagingDirectory(path, channel);
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /**
   * Removes what killed commands left: a PostgreSQL that still runs is stopped. What others have
   * put into a folder for everybody, such as a link of this name, is left alone.
   *
   * @return the folders that are gone
   */
  public static List<Path> removeLeftOvers(Path parent) throws IOException {
    List<Path> removed = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (isOwn(folder) && isAbandoned(folder) && remove(folder)) {
          removed.add(folder);
        }
      }
    }
    return removed;
  }

  /** A folder of whoever owns what this process makes beside it. */
  private static boolean isOwn(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Path made = Files.createTempFile(folder.getParent(), "d2s-owner-", "");
    try {
      return Files.getOwner(made).equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      // Somebody else has just removed the folder.
      return false;
    } finally {
      Files.delete(made);
    }
  }

  private static boolean isAbandoned(Path folder) {
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException | OverlappingFileLockException e) {
      // Of another user, of this very process, or just being made or removed.
      return false;
    }
  }

  private static boolean remove(Path folder) {
    try {
      ServerProcess.stop(folder.resolve("data"));
      delete(folder);
      return true;
    } catch (IOException | UncheckedIOException e) {
      // Somebody else removes it too.
      return !Files.exists(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Removes the folder with everything in it, as far as that is possible. */
  @Override
  public void close() {
    try {
      channel.close();
      if (Files.exists(path)) {
        delete(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // The next start tries again.
      return;
    }
  }
}
