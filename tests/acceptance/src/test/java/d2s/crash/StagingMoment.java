package d2s.crash;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a command is that first copies Dendrite's files into a PostgreSQL of its own. */
enum StagingMoment {
  FOLDER("its folder is there"),
  DATA("its server is being made"),
  SERVER("its server answers"),
  ROWS("rows are copied"),
  COPIED("all is copied"),
  LOAD("Synapse is loaded");

  private final String title;

  StagingMoment(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /**
   * Whether it has come.
   *
   * @param staging the folder that was given with --staging-dir
   * @param said what the command has said so far, with -v
   * @param isLoading whether a row has been sent to the target
   */
  boolean hasCome(Path staging, String said, boolean isLoading) throws IOException {
    Optional<Path> folder = folder(staging);
    return switch (this) {
      case FOLDER -> folder.isPresent();
      case DATA -> folder.isPresent() && Files.exists(folder.get().resolve("data/PG_VERSION"));
      case SERVER ->
          folder.isPresent() && text(folder.get().resolve("data/postmaster.pid")).contains("ready");
      case ROWS -> said.contains("staging: ");
      case COPIED -> said.contains("All of it was brought together");
      case LOAD -> isLoading;
    };
  }

  /** The folder of the command; empty if there is none. */
  static Optional<Path> folder(Path staging) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(staging, "d2s-staging-*")) {
      for (Path folder : folders) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /** A file that comes and goes; nothing while it is not there. */
  static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
