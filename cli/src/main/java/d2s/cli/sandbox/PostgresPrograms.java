package d2s.cli.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where the programs of PostgreSQL are unpacked. To unpack them takes two seconds of processor
 * time, so they are kept in the folder that the launcher names in the system property {@code
 * d2s.cache}, for the next time.
 */
final class PostgresPrograms {

  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rwx------");

  private PostgresPrograms() {}

  /**
   * A folder for the programs: one that is kept if there can be one, or else a folder inside the
   * given directory.
   *
   * @param temporary belongs to the user who runs this
   */
  static Path folder(Path temporary) {
    return folder(System.getProperty("d2s.cache"), temporary);
  }

  static Path folder(String cache, Path temporary) {
    Path inside = temporary.resolve("postgresql");
    if (cache == null || cache.isEmpty()) {
      return inside;
    }
    Path kept = Path.of(cache, "postgresql").toAbsolutePath();
    try {
      Files.createDirectories(kept.getParent());
      if (!Files.exists(kept)) {
        Files.createDirectory(kept, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
      }
      // A program that somebody else has put there must not run. What unpacks opens its own folder
      // to everybody, so the one around it is the one that keeps others out.
      return isOurs(kept, temporary) ? kept.resolve("programs") : inside;
    } catch (IOException | UnsupportedOperationException e) {
      return inside; // without a cache it takes longer, and that is all
    }
  }

  private static boolean isOurs(Path kept, Path temporary) throws IOException {
    return Files.isDirectory(kept)
        && Files.getOwner(kept).equals(Files.getOwner(temporary))
        && Files.getPosixFilePermissions(kept).equals(OWNER_ALONE);
  }
}
