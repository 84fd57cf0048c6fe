package d2s.crash;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system of its own, which can be filled. Only root may mount one. */
final class Disk implements AutoCloseable {

  private static final int BLOCK = 4_096;

  private final Path mountPoint;
  private final boolean real;

  private Disk(Path mountPoint, boolean real) {
    this.mountPoint = mountPoint;
    this.real = real;
  }

  /**
   * @param size as {@code mount} takes it, e.g. {@code 16m}
   */
  static Disk mount(Path mountPoint, String size) throws IOException {
    Files.createDirectories(mountPoint);
    boolean real =
        runs(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=" + size + ",mode=0755",
            "d2s",
            mountPoint.toString());
    return new Disk(mountPoint, real);
  }

  private static boolean runs(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  /** Whether there is such a file system, and not only a folder. */
  boolean isReal() {
    return real;
  }

  Path folder(String name) throws IOException {
    return Files.createDirectories(mountPoint.resolve(name));
  }

  private Path filler() {
    return mountPoint.resolve("filler");
  }

  /** Takes all the room that is left. */
  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler())) {
      byte[] block = new byte[BLOCK];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // It is full.
      return;
    }
  }

  void clear() throws IOException {
    Files.deleteIfExists(filler());
  }

  @Override
  public void close() {
    if (real && !runs("umount", mountPoint.toString())) {
      runs("umount", "--lazy", mountPoint.toString());
    }
  }

  /** Takes away what a killed test has mounted there. */
  static void release(Path mountPoint) {
    if (Files.exists(mountPoint)) {
      runs("umount", "--lazy", mountPoint.toString());
    }
  }
}
