package d2s.cli.options;

import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.ExitCode;
import d2s.engine.Engine;
import d2s.engine.MappingFiles;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.MappingSet;
import d2s.engine.yaml.Problems;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which mapping files are used. */
public final class MappingOptions {

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

  /** Null until they are read for the first time. */
  private MappingFiles files;

  /** Where the source keeps its tables; empty if the mapping files do not say. */
  public Optional<Layouts> loadLayouts() {
    return directory == null ? Engine.loadLayoutResources(BUILT_IN) : Engine.loadLayouts(directory);
  }

  /**
   * @throws d2s.engine.yaml.InvalidMappingsException with all problems of all files
   */
  public MappingSet load() throws CommandFailedException {
    Problems problems = new Problems();
    Optional<MappingSet> set = load(problems);
    problems.throwIfAny();
    return set.orElseThrow();
  }

  /** The folder of the files; null for the built-in ones. */
  public Path directory() {
    return directory;
  }

  /** The folder of the files with a slash behind it; nothing for the built-in ones. */
  public String folder() {
    return directory == null ? "" : directory + "/";
  }

  /**
   * The files as far as they can be read.
   *
   * @param problems takes what is wrong with the others
   * @return empty where nothing can be used
   */
  public Optional<MappingSet> load(Problems problems) throws CommandFailedException {
    if (directory == null) {
      return Optional.of(Engine.loadResources(BUILT_IN));
    }
    if (!Files.isDirectory(directory)) {
      throw new CommandFailedException(
          ExitCode.USAGE, "--mappings: there is no directory " + directory.toAbsolutePath());
    }
    try {
      if (files == null) {
        files = new MappingFiles(directory);
      }
      return files.load(problems);
    } catch (UncheckedIOException e) {
      String reason =
          e.getCause() instanceof NoSuchFileException missing && missing.getReason() != null
              ? "there is no file " + missing.getFile() + ": " + missing.getReason()
              : "a file cannot be read: " + e.getCause().getMessage();
      throw new CommandFailedException(ExitCode.USAGE, "--mappings: " + reason);
    }
  }
}
