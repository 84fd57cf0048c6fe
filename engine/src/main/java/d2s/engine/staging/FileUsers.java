package d2s.engine.staging;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which other processes have files open. On Linux the kernel tells: every file that a process of
 * this user has open, and for processes of others every file with a lock, which SQLite takes while
 * it reads or writes, and with a write-ahead log as long as the file is open. Elsewhere nothing is
 * known.
 */
public final class FileUsers {

  private static final Path PROCESSES = Path.of("/proc");
  private static final Path LOCKS = Path.of("/proc/locks");

  private FileUsers() {}

  /**
   * @return a line for each process, e.g. {@code process 17 (name) has /a/b.db open}; empty if no
   *     other process is known to have any of the files open
   */
  public static Set<String> of(Collection<Path> files) throws IOException {
    Map<Path, Path> paths = new HashMap<>();
    for (Path file : files) {
      if (Files.exists(file)) {
        paths.put(file.toRealPath(), file);
      }
    }
    Set<String> users = open(paths);
    return users.isEmpty() ? locks(files) : users;
  }

  /**
   * Whether every process that has one of the files open would be known: one of this user's own, or
   * whatever process if this user may look into all of them. Processes of other containers and
   * other machines never are.
   */
  public static boolean seesAll(Collection<Path> files) throws IOException {
    if (!Files.isDirectory(PROCESSES.resolve("self"))) {
      return false;
    }
    if (isOpenToAll()) {
      return true;
    }
    UserPrincipal self = Files.getOwner(PROCESSES.resolve("self"));
    for (Path file : files) {
      if (!Files.getOwner(file).equals(self)) {
        return false;
      }
    }
    return true;
  }

  /** The first process belongs to the system. */
  private static boolean isOpenToAll() {
    try (DirectoryStream<Path> descriptors =
        Files.newDirectoryStream(PROCESSES.resolve("1").resolve("fd"))) {
      return descriptors.iterator().hasNext();
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
  }

  /** The same by locks alone. */
  static Set<String> locks(Collection<Path> files) throws IOException {
    Map<String, Path> inodes = new HashMap<>();
    for (Path file : files) {
      if (Files.exists(file) && Files.isReadable(LOCKS)) {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:dev,ino");
        inodes.put(device((Long) attributes.get("dev")) + ":" + attributes.get("ino"), file);
        // A file system without a device of its own has other numbers there.
        inodes.put("00:" + attributes.get("ino"), file);
      }
    }
    return inodes.isEmpty() ? Set.of() : locked(inodes);
  }

  private static Set<String> open(Map<Path, Path> files) throws IOException {
    Set<String> users = new TreeSet<>();
    long self = ProcessHandle.current().pid();
    if (!Files.isDirectory(PROCESSES)) {
      return users;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
      for (Path process : processes) {
        if (!process.getFileName().toString().equals(Long.toString(self))) {
          open(process, files, users);
        }
      }
    }
    return users;
  }

  private static void open(Path process, Map<Path, Path> files, Set<String> users) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        Path file = files.get(Files.readSymbolicLink(descriptor));
        if (file != null) {
          users.add(describe(process.getFileName().toString(), file));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It has ended, or is another user's.
      return;
    }
  }

  /** A line is {@code 1: POSIX ADVISORY WRITE 4711 08:01:1234 0 EOF}. */
  private static Set<String> locked(Map<String, Path> inodes) throws IOException {
    Set<String> users = new TreeSet<>();
    if (!Files.isReadable(LOCKS)) {
      return users;
    }
    String self = Long.toString(ProcessHandle.current().pid());
    for (String line : Files.readAllLines(LOCKS)) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length > 5) {
        String pid = fields[fields.length - 4];
        String place = fields[fields.length - 3];
        boolean anonymous = place.startsWith("00:");
        Path file =
            inodes.get(anonymous ? "00:" + place.substring(place.lastIndexOf(':') + 1) : place);
        if (file != null && !pid.equals(self)) {
          users.add(describe(pid, file));
        }
      }
    }
    return users;
  }

  /** The device as /proc/locks has it: major and minor number, by the encoding of the kernel. */
  private static String device(long dev) {
    long major = dev >>> 8 & 0xfff | dev >>> 32 & ~0xfffL;
    long minor = dev & 0xff | dev >>> 12 & ~0xffL;
    return "%02x:%02x".formatted(major, minor);
  }

  private static String describe(String pid, Path file) {
    String name;
    try {
      name = Files.readString(PROCESSES.resolve(pid).resolve("comm")).strip();
    } catch (IOException e) {
      name = "of somebody else";
    }
    return "process " + pid + " (" + name + ") has " + file + " open";
  }
}
