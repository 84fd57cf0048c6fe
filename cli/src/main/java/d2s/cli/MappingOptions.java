package d2s.cli;

import d2s.engine.spec.MappingSet;
import d2s.engine.spec.MappingSetLoader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which mapping files are used. */
final class MappingOptions {

  /** Where the mapping files lie in the jar. */
  private static final String BUILT_IN = "dendrite-to-synapse";

  @Option(
      names = "--mappings",
      paramLabel = "DIR",
      description = {
        "Use the mapping files of this directory instead of the built-in ones.",
        "A mapping file is a program: use only what you trust."
      })
  Path directory;

  /**
   * @throws d2s.engine.spec.InvalidMappings with all problems of all files
   */
  MappingSet load() throws CommandFailure {
    if (directory == null) {
      return MappingSetLoader.loadResources(BUILT_IN);
    }
    if (!Files.isDirectory(directory)) {
      throw new CommandFailure(
          ExitCode.USAGE, "--mappings: there is no directory " + directory.toAbsolutePath());
    }
    try {
      return MappingSetLoader.load(directory);
    } catch (UncheckedIOException e) {
      String reason =
          e.getCause() instanceof NoSuchFileException missing && missing.getReason() != null
              ? "there is no file " + missing.getFile() + ": " + missing.getReason()
              : "a file cannot be read: " + e.getCause().getMessage();
      throw new CommandFailure(ExitCode.USAGE, "--mappings: " + reason);
    }
  }
}
