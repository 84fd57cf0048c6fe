package d2s.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Puts the files of a release into one folder, with a file that {@code sha256sum -c} checks. */
public final class Checksums {

  private Checksums() {}

  /**
   * @param args the folder, and the files
   */
  public static void main(String... args) throws IOException, NoSuchAlgorithmException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    StringBuilder sums = new StringBuilder();
    for (int i = 1; i < args.length; i++) {
      Path file = Path.of(args[i]);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      String name = file.getFileName().toString();
      sums.append(HexFormat.of().formatHex(hash)).append("  ").append(name).append('\n');
      Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(folder.resolve("SHA256SUMS"), sums);
  }
}
